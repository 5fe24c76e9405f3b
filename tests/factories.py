"""Plain functions that make the least a test needs, saved and valid."""

from itertools import count
from typing import Any

from django.contrib.auth.models import User

from cases.claim_kinds.figure import Figure
from cases.claim_kinds.transfer import Transfer
from cases.dossiers.seed import going_out
from cases.models import Actor, Case, Citation, Claim, Party, Place, Revision, Subject, System
from cases.publication.publish import publish
from sources import quotes
from sources.json_fields import LanguageMap
from sources.models import Capture, Excerpt, PrivateSpan, Source

numbers = count(1)


def both(text: str) -> LanguageMap:
    """The same words in both languages: a public reason, where its words do not matter."""
    return LanguageMap(id=text, en=text)


# The public reason where its words do not matter
PUBLISHED = both("Terbit")

TEXT = (
    "Pemerintah Kota Contoh bekerja sama dengan PT Misal sejak tahun 2017. "
    "Adanya uang tunai senilai 2.5 milyar itu berpotensi digunakan untuk pemilihan. "
    "Seorang warga, Bu Melati, mengetahui bantuan dari tetangga. "
    "Calon patron menerima uang tunai itu menurut penelitian ini."
)
MONEY = "uang tunai senilai 2.5 milyar"


def make_source(**fields: Any) -> Source:
    number = next(numbers)
    given = {
        "slug": f"source-{number}",
        "source_kind": "thesis",
        "title": f"Skripsi {number}",
        "authors": "A. Penulis",
    }
    return Source.objects.create(**given | fields)


def make_capture(source: Source | None = None, text: str = TEXT, **fields: Any) -> Capture:
    capture = Capture(source=source or make_source(), text=f"{text} [{next(numbers)}]", **fields)
    capture.full_clean()
    capture.save()
    return capture


def hide(capture: Capture, name: str) -> PrivateSpan:
    """Mark the first place of a private person's name."""
    start = capture.text.index(name)
    return PrivateSpan.objects.create(capture=capture, start=start, end=start + len(name))


def make_excerpt(words: str = MONEY, capture: Capture | None = None, **fields: Any) -> Excerpt:
    capture = capture or make_capture()
    found = quotes.find(capture.text, words, at=capture.text.find(words), private=capture.private)
    held = Excerpt.objects.filter(capture=capture, start=found.start, end=found.end).first()
    return held or Excerpt.objects.create(
        capture=capture,
        exact=words,
        start=found.start,
        end=found.end,
        prefix=found.prefix,
        suffix=found.suffix,
        **fields,
    )


def make_actor(title: str = "PT Misal", **fields: Any) -> Actor:
    given = {"slug": f"actor-{next(numbers)}", "title_id": title, "title_en": title, "actor_kind": "company"}
    return Actor.objects.create(**given | fields)


def make_place(title: str = "Kota Contoh", **fields: Any) -> Place:
    given = {"slug": f"place-{next(numbers)}", "title_id": title, "title_en": title, "place_kind": "city"}
    return Place.objects.create(**given | fields)


def make_system(title: str = "Aplikasi Contoh", **fields: Any) -> System:
    given = {"slug": f"system-{next(numbers)}", "title_id": title, "title_en": title, "system_kind": "app"}
    return System.objects.create(**given | fields)


def make_claim(subject: Subject, excerpt: Excerpt | None = None, parties: Any = (), **fields: Any) -> Claim:
    """A claim with one supporting excerpt. `parties` are (part, actor or words)."""
    number = next(numbers)
    excerpt = excerpt or make_excerpt()
    given = {
        "key": f"claim-{number}",
        "position": number % 30_000,
        "kind": "description",
        "standing": "stated",
        "statement_id": f"Pernyataan {number}.",
        "statement_en": f"Statement {number}.",
        "said_by_source": excerpt.capture.source,
    }
    given |= fields
    if "speaker_id" in fields or "said_by_actor" in fields:
        given.pop("said_by_source")
    claim = Claim.objects.create(subject=subject, **given)
    Citation.objects.create(claim=claim, excerpt=excerpt)
    for position, (part, who) in enumerate(parties):
        named: dict[str, Any] = {"as_stated": who} if isinstance(who, str) else {"who": who}
        Party.objects.create(claim=claim, part=part, position=position, **named)
    return claim


def make_case(title: str = "CCTV Kota Contoh", claims: int = 1, **fields: Any) -> Case:
    """A case that can be published as it is, with `claims` claims, the first of them its lead."""
    given = {"slug": f"case-{next(numbers)}", "title_id": title, "title_en": title, "topics": []}
    case = Case.objects.create(**given | fields)
    capture = make_capture()
    for number in range(claims):
        make_claim(case, make_excerpt(capture=capture), lead=1 if number == 0 else None)
    return case


def make_transfer(subject: Subject, excerpt: Excerpt | None = None, **fields: Any) -> Claim:
    """A transfer whose currency is nowhere stated, and says so. An excerpt that is given holds `as_stated`."""
    claim = make_claim(
        subject,
        excerpt,
        kind="transfer",
        standing="potential",
        start="2022",
        parties=[("payer", "calon klien"), ("recipient", "calon patron")],
    )
    given = {"kind": "money_unspecified", "amount": "2500000000", "as_stated": "2.5 milyar"}
    Transfer.objects.create(claim=claim, **given | fields)
    claim.unknowns.create(subject=subject, property="currency", reason="not_in_source")
    return claim


def make_figure(subject: Subject, **fields: Any) -> Claim:
    words = fields.get("as_stated", "1.409")
    excerpt = make_excerpt(f"Tercatat {words}", make_capture(text=f"Tercatat {words} keluhan."))
    claim = make_claim(subject, excerpt, kind="figure", start="2020")
    given = {"indicator_id": "Keluhan", "indicator_en": "Complaints", "value": "1409", "as_stated": "1.409"}
    Figure.objects.create(claim=claim, unit_id="keluhan", unit_en="complaints", **given | fields)
    return claim


def everything_named_by(*subjects: Subject) -> list[Any]:
    """The subjects with whatever they name and is not public yet: a set that can be published."""
    return going_out(list(subjects))


def make_public(*subjects: Subject, by: User, reviewer: User) -> list[Revision]:
    """The subjects, published with everything that they name."""
    return publish(everything_named_by(*subjects), by=by, reviewer=reviewer, reason=both("Terbit"))
