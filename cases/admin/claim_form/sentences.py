"""A sentence that the desk proposes: the selected clause in its own words, or none. It never adds a word of ours.

Better none than a wrong one: there is none where the clause goes on before or behind the words (what stands there may
deny or weaken them), where it lacks its subject or its verb, or where it speaks of somebody whom it does not name.
"""

import re
from collections.abc import Mapping, Sequence

from cases.publication.fairness import LEGAL_WORDS
from cases.vocabularies import Standing
from sources.finding import cuts
from sources.models import Source
from sources.numbers import numbers_in
from sources.vocabularies import Language

from .passage import Passage
from .people import Mention
from .proposal import Origin, Value
from .standings import ALLEGED, CRIMES, POSSIBLE, is_somebodys_speech

MAX_SENTENCE_CHARS = 260
# What ends a clause before the words, and behind them
BEGINS = re.compile(
    r"(?:^|[.;:“”\"]\s|\n\s*|\bbahwa\s|[.;]\s*\d+\.\s|[|])\s*(?:[-–]\s|\d+\.\s|[a-z]\.\s)?(?:bahwa\s)?$", re.IGNORECASE
)
ENDS = re.compile(r"\s*(?:$|[.;:|”\"]|\n\s*(?:[-–]|\d+\.|\n|[A-Z]))")
LEADING = re.compile(r"^(?:[-–]\s+)?(?:\d+\.\s+)?(?:bahwa\s+)?", re.IGNORECASE)
TRAILING = re.compile(r"[\s;:,.]+$")
# A line-end hyphen may belong to the word
BROKEN = re.compile(r"[-‐]\s*[\r\n]")
SPELT = re.compile(r"\s*\(([a-z ]{3,160})\)")
# Words with which a clause that hangs on another begins
HANGING = re.compile(
    r"^(?:yang|dan|atau|tetapi|akan tetapi|namun|sehingga|karena|sedangkan|serta|dengan|apabila|jika|kalau|bila|"
    r"dalam hal|agar|untuk|melalui|selain|hal (?:ini|itu|tersebut)|maka|seperti|oleh (?:karena|sebab)|kalaupun|"
    r"demikian|ketika|hanya|tidak|belum|bukan|telah|sudah|pernah|akan|dapat|harus|melainkan|bahkan|maupun|tersebut|"
    r"itu|and|but|which|who|that|because)\b",
    re.IGNORECASE,
)
# Who is spoken of only by the words before: no sentence of ours may say it
UNNAMED = re.compile(
    r"\b(?:ia|dia|mereka|kami|kita|saya|aku|klien kami|\w{3,}nya|yang bersangkutan|para terdakwa|"
    r"he|she|they|we|i|his|her|their|our)\b",
    re.IGNORECASE,
)
NOT_PRONOUNS = {"hanya", "adanya", "bertanya", "punya", "tanya", "biasanya", "akhirnya", "sebelumnya", "misalnya"}
ROLE_OF_SOMEBODY = re.compile(
    r"\b(?:terdakwa|tersangka|terpidana|saksi|pemohon|penggugat|tergugat)\b(?!\s+[A-Z])", re.IGNORECASE
)
VERB_FIRST = re.compile(r"^(?:me(?:m|n|ng|ny|l|r|w)|di(?!nas|rektur|skominfo)|ter(?!dakwa))[a-z]{3,}\b", re.IGNORECASE)
VERB = re.compile(
    r"\b(?:me(?:m|n|ng|ny|l|r|w)[a-z]{3,}|di[a-z]{4,}|ter[a-z]{4,}|ber[a-z]{3,}|adalah|ada|naik|turun|lebih)\b"
)
NOT_VERBS = {
    "dinas",
    "direktur",
    "diskominfosan",
    "terdakwa",
    "tersangka",
    "terpidana",
    "tersebut",
    "terhadap",
    "berdasarkan",
    "berita",
    "berkas",
    "digital",
    "dimana",
    "dirinya",
    "menurut",
    "menteri",
    "mengenai",
    "terkait",
    "berbagai",
    "merek",
    "metode",
}
# What these point at stands before the clause
POINTING = re.compile(r"^(?:\S+\s+){1,3}(?:tersebut|ini|itu)\b", re.IGNORECASE)
SENTENCES = re.compile(r"[.!?]\s+[A-Z“\"]")


def sentence_of(passage: Passage, mentions: Sequence[Mention], source: Source) -> str:
    """Return the clause as a sentence, or nothing. Names stand for “Terdakwa” only where the source's names say so."""
    if source.language != Language.ID or len(passage.spans) != 1 or passage.private_is_touched or _goes_on(passage):
        return ""
    words = _with_names(passage.words, mentions)
    clause = TRAILING.sub("", LEADING.sub("", _without_spelt_numbers(words)))
    if not clause or len(clause) > MAX_SENTENCE_CHARS or not _stands_alone(clause):
        return ""
    return clause[0].upper() + clause[1:] + "."


def says_as_much(passage: Passage, values: Mapping[str, Value], has_stage: bool) -> bool:
    """Return whether the words alone say it no more firmly than it stands: no flat accusation becomes a sentence."""
    standing, words = values["standing"], passage.words
    is_accusing = standing.value in (Standing.ALLEGED, Standing.POTENTIAL)
    is_hedged = bool(POSSIBLE.search(words) or ALLEGED.search(words))
    calls_guilty = bool(CRIMES.search(words) or LEGAL_WORDS.search(words)) and not has_stage
    return (is_hedged or not is_accusing) and not calls_guilty and not is_somebodys_speech(passage)


def _goes_on(passage: Passage) -> bool:
    """Return whether words of the same clause stand before or behind the selected ones, or a word is cut or broken."""
    [(start, end)] = passage.spans
    text = passage.text
    if BROKEN.search(text[start:end]) or cuts(text, start, end) or "█" in passage.words:
        return True
    ends = text[start:end].rstrip()[-1:] in tuple(".;") or ENDS.match(text[end : end + 20])
    return not (ends and BEGINS.search(text[max(0, start - 40) : start]))


def _with_names(words: str, mentions: Sequence[Mention]) -> str:
    """Put the titles of those whom the source calls by a name of its own in the place of that name."""
    for each in sorted(mentions, key=lambda each: -each.start):
        if each.origin == Origin.NAME and each.who and not words[each.end :].startswith((" " + each.who.title_id, "-")):
            words = words[: each.start] + each.who.title_id + words[each.end :]
    return words


def _without_spelt_numbers(words: str) -> str:
    """Leave out a number that is spelt behind its digits; whether both agree was told already."""
    return SPELT.sub(lambda match: "" if numbers_in(match[1]) else match[0], words)


def _stands_alone(clause: str) -> bool:
    """Return whether a clause has a subject and a verb of its own, and names whom it speaks of."""
    pronouns = [each[0] for each in UNNAMED.finditer(clause) if each[0].lower() not in NOT_PRONOUNS]
    verbs = [each[0] for each in VERB.finditer(clause) if each[0] not in NOT_VERBS]
    depends = HANGING.search(clause) or POINTING.search(clause) or VERB_FIRST.search(clause) or SENTENCES.search(clause)
    return bool(verbs and not pronouns and not depends and not ROLE_OF_SOMEBODY.search(clause))
