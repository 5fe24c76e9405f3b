"""How firmly the words say it, and who says it: by their hedges, and by the section in which they stand."""

import re
from collections.abc import Iterator, Sequence

from cases.publication.fairness import INSTRUMENTS, LEGAL_WORDS
from cases.search.analysis.tokens import tokenize
from cases.search.analysis.word_lists import is_word_of_guilt
from cases.vocabularies import Standing
from sources.models import Source
from sources.vocabularies import SourceKind

from .kinds import ASKED_FOR, CHARGED, RULED
from .passage import Passage, Section
from .people import Mention
from .proposal import Origin, Value

POSSIBLE = re.compile(
    r"\b(?:(?:ber)?potensi(?:al)?|kemungkinan|mungkin|barangkali|bisa jadi|(?:di|mem)prediksi|"
    r"diharapkan|diproyeksikan|(?:di|mem)taksir|diperkirakan|memperkirakan|"
    r"agaknya|terindikasi|indikasi|potential(?:ly)?|possibl[ey]|(?-i:may)|might|could|likely|estimated)\b",
    re.IGNORECASE,
)
ALLEGED = re.compile(
    r"\b(?:(?:di|men)duga|dugaan|terduga|disebut(?:-sebut|kan)?|konon|kabarnya|dituduh|dituding|disinyalir|ditengarai|"
    r"disangka(?:kan)?|didakwa(?:kan)?|alleged(?:ly)?|allegation|suspected|reportedly|accused)\b",
    re.IGNORECASE,
)
# Not yet decided crimes, which a source may write flatly
CRIMES = re.compile(
    r"\b(?:korupsi|(?:me)?ngorupsi|dikorupsi|suap|menyuap|disuap|gratifikasi|pungli|pungutan liar|"
    r"corruption|bribe[sd]?|bribery)\b",
    re.IGNORECASE,
)
OF_THE_COURT = ("opening", "facts", "considerations")
TESTIFYING = ("witness_testimony", "expert_testimony", "witness", "expert")
# Of what others did, a witness or a newspaper only tells
ACTS = ("transfer", "event", "tie")
NOT_SAID_HERE = ("comments", "beside")
MAX_SPEECH_CHARS = 600
FIRST_PERSON = re.compile(r"\b(?:kami|saya|(?-i:I|we|my|our))\b", re.IGNORECASE)
REPORTED = re.compile(
    r"\b(?:menurut|according to)\s[^,.;]{2,80},\s*$|\b(?:(?:menyatakan|mengatakan|menyampaikan|mengaku|menjelaskan"
    r"|menegaskan)(?:\s\w+){0,2}\sbahwa|sa(?:id|ys) that)\b",
    re.IGNORECASE,
)
SAYS_BEFORE = re.compile(r"\b(?:menurut|kata|ujar|according to)\s+$", re.IGNORECASE)
SAYS_BEHIND = re.compile(
    r"\s+(?:menyatakan|mengatakan|membantah|mengaku|mengakui|menegaskan|menyampaikan|menjelaskan|said|says|denied|stated)\b",
    re.IGNORECASE,
)


def standing_of(passage: Passage, kind: str, source: Source) -> Value:
    """Return how firmly it is said; of two strengths, the weaker. Nobody is accused more firmly than *alleged*."""
    near = f"{' '.join(passage.near_before)} {passage.words}"
    if passage.role in RULED and source.source_kind in INSTRUMENTS:
        return Value("standing", Standing.DECIDED, Origin.SECTION)
    if found := POSSIBLE.search(near):
        return _hedged(Standing.POTENTIAL, found[0], passage)
    if found := ALLEGED.search(near):
        return _hedged(Standing.ALLEGED, found[0], passage)
    if passage.role in OF_THE_COURT and source.source_kind in INSTRUMENTS:
        return Value("standing", Standing.DECIDED, Origin.SECTION)
    if passage.role in (*ASKED_FOR, *CHARGED):
        return Value("standing", Standing.ALLEGED, Origin.SECTION)
    if crime := _crime(passage, kind):
        return Value("standing", Standing.ALLEGED, Origin.QUOTATION, crime)
    if kind in ACTS and passage.role in TESTIFYING:
        return Value("standing", Standing.ALLEGED, Origin.SECTION)
    if kind in ("transfer", "tie") and source.source_kind == SourceKind.NEWS:
        return Value("standing", Standing.ALLEGED, Origin.SOURCE)
    return Value("standing", Standing.STATED, Origin.SECTION if passage.role else Origin.SOURCE)


def _hedged(standing: Standing, word: str, passage: Passage) -> Value:
    is_inside = word.lower() in passage.words.lower()
    return Value("standing", standing, Origin.QUOTATION if is_inside else Origin.SECTION, word)


def _crime(passage: Passage, kind: str) -> str:
    """Return the word of the passage that names a crime or calls somebody guilty; of steps and penalties, a crime."""
    if found := CRIMES.search(passage.words):
        return found[0]
    words = tokenize(passage.words) if kind not in ("stage", "penalty", "statement") else []
    return next((word for word in words if is_word_of_guilt(word) and not LEGAL_WORDS.fullmatch(word)), "")


def speaker_of(
    passage: Passage, mentions: Sequence[Mention], section: Section | None, source: Source
) -> Iterator[Value]:
    """Yield who says it: as the section is set, else whom the words say to speak, else the source itself."""
    if passage.role in NOT_SAID_HERE:
        return
    if section and section.said_by_actor:
        yield Value(
            "said_by_actor", str(section.said_by_actor.pk), Origin.SECTION, read_back=str(section.said_by_actor)
        )
    elif section and section.speaker_id:
        yield Value("speaker_id", section.speaker_id, Origin.SECTION)
        yield Value("speaker_en", section.speaker_en, Origin.SECTION)
    elif passage.role not in RULED and (speaking := _speaking(passage, mentions)):
        yield Value("said_by_actor", str(speaking.who.pk), speaking.origin, speaking.words, str(speaking.who))  # type: ignore[union-attr]
    elif not is_somebodys_speech(passage) or passage.role in RULED:
        origin = Origin.SECTION if section and section.said_by_source else Origin.SOURCE
        yield Value("said_by_source", str(source.pk), origin, read_back=str(source))


def is_somebodys_speech(passage: Passage) -> bool:
    """Return whether the words are spoken by somebody in the source, who is for the curator to name."""
    start, _end = passage.spans[0]
    line = passage.text[max(0, start - MAX_SPEECH_CHARS) : start].rpartition("\n")[2]
    is_quoted = line.count("“") > line.count("”") or line.count('"') % 2 == 1
    return is_quoted or bool(FIRST_PERSON.search(passage.words)) or bool(REPORTED.search(passage.before))


def _speaking(passage: Passage, mentions: Sequence[Mention]) -> Mention | None:
    """Return the one actor whom the words themselves say to speak."""
    words = passage.words
    found = [
        each
        for each in mentions
        if each.is_actor and (SAYS_BEFORE.search(words[: each.start]) or SAYS_BEHIND.match(words, each.end))
    ]
    return found[0] if len(found) == 1 else None
