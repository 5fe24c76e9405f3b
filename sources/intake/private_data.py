"""Where personal data stand in a text: proposals for private spans, which a person confirms."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

# Every gap is bounded: a text of nothing but spaces after a label must not be read again from each of them.
# What follows a label, up to the end of its field. A PDF breaks a long value over lines
NEXT_LINES = r"(?:(?:\n(?![^\n:]{0,40}:)[^\n;|\t]{1,120}){1,3}(?=;))?"
VALUE = r"[ \t]{0,60}(?:[:=\t|][ \t]{0,60}|adalah[ \t]{1,60})(?P<data>[^\n;|\t]{3,160}" + NEXT_LINES + ")"
PLACE_BEFORE = r"(?:di[ \t\n]{1,60}[\w.'][\w .']{1,39}?,?[ \t\n]{1,60})?(?:pada[ \t\n]{1,60})?(?:tanggal[ \t\n]{1,60})?"
STREET = r"(?:Jl\.|Jalan|Gang|Gg\.|Perumahan|Dusun|Kampung|Kp\.)[ \t][^;\n]{0,80}?"
IN_FIGURES = r"[ \t\n]{0,60}[-/.][ \t]{0,60}\d{1,2}[ \t]{0,60}[-/.][ \t]{0,60}"
DATE = rf"\d{{1,2}}(?:{IN_FIGURES}|[ \t\n]{{1,60}}[A-Za-z]{{3,9}}[ \t\n]{{1,60}})\d{{4}}"
PATTERNS: list[tuple[str, "StrOrPromise"]] = [
    (r"(?<!\d)(?<!\d[.,])(?P<data>\d{16})(?![.,]?\d)", _("16 digits: the number of an identity card (NIK)")),
    (r"\bNIK\b[ \t]{0,60}[:.]?[ \t]{0,60}(?P<data>\d[\d .-]{14,24}\d)(?!\d)",
     _("number of an identity card (NIK)")),
    (r"(?<!\d)(?P<data>\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3})(?!\d)", _("tax number (NPWP); a company's may stay")),
    (r"\bNPWP\b[ \t]{0,60}[:.]?[ \t]{0,60}(?P<data>\d[\d.-]{13,19}\d)(?!\d)",
     _("tax number (NPWP); a company's may stay")),
    (r"\btempat(?:[ \t]{0,60}(?:/|dan|,)[ \t]{0,60}(?:tanggal|tgl\.?))?[ \t]{1,60}lahir" + VALUE, _("place of birth")),
    (r"\b(?:umur[ \t]{0,60}/[ \t]{0,60})?(?:tanggal|tgl\.?)[ \t]{1,60}lahir" + VALUE, _("date of birth")),
    (rf"\b(?:di)?lahir(?:kan)?[ \t\n]{{1,60}}(?P<data>{PLACE_BEFORE}{DATE})", _("date of birth")),
    (r"\b(?:tempat[ \t]{1,60}tinggal|alamat(?:[ \t]{1,60}rumah)?|domisili)\b" + VALUE, _("address")),
    (r"\b(?:bertempat[ \t]{1,60}tinggal|beralamat|berdomisili)[ \t\n]{1,60}di[ \t\n]{1,60}(?P<data>[^\n;]{5,160})",
     _("address")),
    (rf"\b(?P<data>{STREET}\bRT[ .]*\d{{1,3}}[ \t]{{0,60}}/?[ \t]{{0,60}}(?:RW[ .]*)?\d{{1,3}})", _("address")),
    (r"(?<![\w.,])(?P<data>(?:\+62|62|0)[ \t-]?8\d{1,2}(?:[ \t.-]?\d{2,4}){2,4})(?![\d.,]\d|\d)", _("telephone")),
    (r"(?<!\w)(?P<data>\(0\d{2,4}\)[ \t]?\d{3,4}[ \t-]?\d{3,5})(?!\d)", _("telephone")),
    (r"\b(?:telp|telepon|tlp|hp|wa|whatsapp)\b\.?[ \t]{0,60}:?[ \t]{0,60}(?P<data>[+(]?\d[\d ()-]{6,16}\d)",
     _("telephone")),
    (r"\b(?:nomor[ \t]{1,60}polisi|no\.?[ \t]{0,60}pol(?:isi)?\.?|nopol)[ \t]{0,60}:?[ \t]{0,60}"
     r"(?P<data>[A-Z]{1,2}[ \t]?\d{1,4}[ \t]?[A-Z]{1,3})\b", _("number plate")),
    (r"\bagama" + VALUE, _("religion")),
    (r"(?-i:[A-Z][a-z]+|[A-Z]{2}|[A-Z]\.),? \((?P<data>[1-9]\d)\)", _("age: a date of birth in disguise")),
    (r"\b(?:ber)?(?:umur|usia)[ \t]{0,60}:?[ \t]{1,60}(?P<data>\d{1,3}[ \t]tahun)",
     _("age: a date of birth in disguise")),
    (r"(?<![\w.@])(?P<data>[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,63}){1,4})(?!\w)", _("e-mail address")),
]  # fmt: skip
COMPILED = [(re.compile(pattern, re.IGNORECASE), reason) for pattern, reason in PATTERNS]
MAX_PROPOSALS = 500


@dataclass(frozen=True)
class Proposal:
    """A stretch that may be personal data, in code points, half-open; `words` are for the curator's eyes only."""

    start: int
    end: int
    reason: "StrOrPromise"
    words: str


def propose(text: str) -> list[Proposal]:
    """Return where a text seems to hold personal data, in its order and without overlaps; at most 500 places."""
    found = [
        Proposal(start, start + len(words), reason, words)
        for pattern, reason in COMPILED
        for match in pattern.finditer(text)
        for start, words in [_trimmed(match)]
        if words
    ]
    found.sort(key=lambda each: (each.start, -each.end))
    kept: list[Proposal] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
        elif each.end > kept[-1].end:
            kept[-1] = Proposal(kept[-1].start, each.end, kept[-1].reason, text[kept[-1].start : each.end])
    return kept[:MAX_PROPOSALS]


def _trimmed(match: re.Match[str]) -> tuple[int, str]:
    words = match["data"].rstrip(" \t\n.,;")
    return match.start("data") + len(words) - len(words.lstrip()), words.lstrip()
