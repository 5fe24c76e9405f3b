"""A thesis that tells of itself and of a study it retells: as dossiers, and as rows of a working copy."""

import hashlib
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

from cases.dossiers.dump import PlainDumper
from sources.models import Excerpt, Source, SourceStatement, SourceStatementExcerpt
from tests.factories import make_capture, make_claim, make_excerpt, make_source, make_system

TEXT = (
    "Penelitian ini bertujuan menganalisis kolaborasi. Metode yang dipakai adalah kualitatif deskriptif. 😀\n"
    "Bu Melati membantu wawancara. Penelitian kedua ditulis oleh Lain. Tujuannya memaparkan hambatan warga.\n"
    "Aplikasi Contoh memuat peta jalan.\n"
)
FILE = "contoh.txt"
AIM, METHOD = "Penelitian ini bertujuan menganalisis kolaborasi", "Metode yang dipakai adalah kualitatif deskriptif"
OTHER, OTHER_AIM = "Penelitian kedua ditulis oleh Lain", "Tujuannya memaparkan hambatan warga"
MAP = "Aplikasi Contoh memuat peta jalan"
Dossiers = dict[str, dict[str, Any]]


def cite(words: str, **more: Any) -> dict[str, Any]:
    return {"source": "skripsi-contoh", "at": str(TEXT.index(words)), "words": words} | more


def make_dossiers() -> Dossiers:
    melati = TEXT.index("Bu Melati")
    people = {"extracted_by": "desk", "reviewed_by": "second-reader"}
    translated = {"en": {"by": "machine", "text": "This study aims to analyse collaboration"}}
    located = {"locator": {"id": "Bab I", "en": "Chapter I"}, "translations": translated}
    return deepcopy(
        {
            "sources/skripsi-contoh": {
                "id": "11111111-1111-4111-8111-111111111111",
                "kind": "thesis",
                "title": "Skripsi contoh",
                "language": "id",
                "captures": [
                    {
                        "text_sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
                        "length": str(len(TEXT)),
                        "file": FILE,
                        "media_type": "text/plain",
                        "private": [f"{melati}-{melati + 9}"],
                    }
                ],
                "about": [
                    {
                        "key": "aim",
                        "aspect": "aim",
                        "statement": {"id": "Menganalisis kolaborasi.", "en": "To analyse collaboration."},
                        "cites": [cite(AIM, **located)],
                    },
                    {
                        "key": "method",
                        "aspect": "method",
                        "statement": {"id": "Penelitian kualitatif deskriptif."},
                        "cites": [cite(METHOD), cite(AIM, **located, relation="context")],
                    },
                ],
            }
            | people,
            "sources/karya-lain": {
                "id": "22222222-2222-4222-8222-222222222222",
                "kind": "cited_work",
                "title": "Karya lain",
                "language": "id",
                "known_through": ["skripsi-contoh"],
                "about": [
                    {
                        "key": "aim",
                        "aspect": "aim",
                        "statement": {"id": "Memaparkan hambatan warga.", "en": "To set out what hinders residents."},
                        "cites": [cite(OTHER_AIM), cite(OTHER, relation="context")],
                    }
                ],
            }
            | people,
            "systems/aplikasi-contoh": {
                "id": "33333333-3333-4333-8333-333333333333",
                "title": {"id": "Aplikasi Contoh", "en": "Example App"},
                "system_kind": "app",
                "lead": ["map"],
                "claims": [
                    {
                        "key": "map",
                        "kind": "description",
                        "standing": "stated",
                        "statement": {"id": "Aplikasi memuat peta.", "en": "The app holds a map."},
                        "said_by": {"source": "karya-lain"},
                        "relayed_by": ["skripsi-contoh"],
                        "cites": [cite(MAP), cite(OTHER, relation="context")],
                    }
                ],
            }
            | people,
        }
    )


def as_files(dossiers: Dossiers) -> dict[str, str]:
    return {
        f"{name}.yaml": yaml.dump(dossier, Dumper=PlainDumper, sort_keys=False, allow_unicode=True)
        for name, dossier in dossiers.items()
    }


def make_documents(folder: Path) -> Path:
    """A folder that holds the one text of the sample."""
    (folder / FILE).write_bytes(TEXT.encode())
    return folder


def make_statement(source: Source, excerpt: Excerpt, *context: Excerpt, **fields: Any) -> SourceStatement:
    """What a source tells of itself, with one excerpt that supports it."""
    number = source.statements.count()
    given = {
        "key": f"statement-{number}",
        "position": number,
        "aspect": "aim",
        "statement_id": f"Tujuan {number}.",
        "statement_en": f"Aim {number}.",
    }
    statement = SourceStatement.objects.create(source=source, **given | fields)
    SourceStatementExcerpt.objects.create(statement=statement, excerpt=excerpt)
    for position, each in enumerate(context, start=1):
        SourceStatementExcerpt.objects.create(statement=statement, excerpt=each, relation="context", position=position)
    return statement


def make_study() -> tuple[Source, Source, Any]:
    """A thesis that we hold, a study that it retells, and a system of which the study speaks, none public yet."""
    capture = make_capture(make_source(title="Skripsi contoh"), TEXT)
    study = make_source(title="Karya lain", source_kind="cited_work")
    study.known_through.set([capture.source])
    system = make_system()
    claim = make_claim(system, make_excerpt(MAP, capture), lead=1, said_by_source=study)
    claim.relays.create(source=capture.source)
    make_statement(study, make_excerpt(OTHER_AIM, capture), make_excerpt(OTHER, capture), key="aim")
    return capture.source, study, system
