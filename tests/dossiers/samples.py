"""A small record as dossiers: one source, two places, actors, a system, a case and a collaboration, all publishable."""

import hashlib
import uuid
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps

from cases.dossiers.dump import PlainDumper
from cases.dossiers.load import check
from cases.dossiers.quotes_lock import LOCK_NAME, write

TEXT = (
    "Pemerintah Kota Contoh bekerja sama dengan PT Misal sejak 12:30, tahun 2017. 😀 Terdapat 1.409 keluhan (no. 7).\n"
    "Adanya uang tunai senilai 2,5 miliar itu berpotensi digunakan. The cash worth 2.5 billion has the potential.\n"
    "Seorang warga, Bu Melati, mengetahui bantuan dari tetangga. PT Misal (PTM) menjawab: itu tidak benar.\n"
)
FILE = "contoh.txt"
Dossiers = dict[str, dict[str, Any]]


def cite(words: str, **more: Any) -> dict[str, Any]:
    return {"source": "skripsi-contoh", "at": str(TEXT.index(words)), "words": words} | more


def people(**fields: Any) -> dict[str, Any]:
    return fields | {"extracted_by": "desk", "reviewed_by": "second-reader"}


def with_ids(dossiers: Dossiers) -> Dossiers:
    """The dossiers with an id each, where they have none: in tests it follows from the name."""
    return {name: {"id": str(uuid.uuid5(uuid.NAMESPACE_URL, name))} | each for name, each in dossiers.items()}


def title(text: str) -> dict[str, str]:
    return {"id": text, "en": f"{text} (en)"}


def claim(key: str, *cites: dict[str, Any], **fields: Any) -> dict[str, Any]:
    given = {"key": key, "kind": "description", "standing": "stated", "statement": title(f"Pernyataan {key}.")}
    return given | {"said_by": {"source": "skripsi-contoh"}} | fields | {"cites": list(cites)}


def make_dossiers() -> Dossiers:
    melati = TEXT.index("Bu Melati")
    return with_ids(
        {
            "sources/skripsi-contoh": people(
                kind="thesis",
                title_given=title("Skripsi contoh"),
                authors=["A. Penulis", "B. Penulis"],
                published="2020",
                language="id",
                captures=[
                    {
                        "text_sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
                        "length": str(len(TEXT)),
                        "file": FILE,
                        "media_type": "text/plain",
                        "captured_at": "2026-11-01T05:00:00+00:00",
                        "extent": {"id": "Hanya Bab I", "en": "Chapter I only"},
                        "private": [f"{melati}-{melati + 9}"],
                    }
                ],
            ),
            "sources/karya-lain": people(
                kind="cited_work", title="Karya lain", language="id", known_through=["skripsi-contoh"]
            ),
            "places/provinsi-contoh": people(title=title("Provinsi Contoh"), place_kind="province", code="99"),
            "places/contoh": people(
                title=title("Kota Contoh"), place_kind="city", code="99.01", parent="provinsi-contoh"
            ),
            "actors/pemkot-contoh": people(title=title("Pemerintah Kota Contoh"), actor_kind="public_body"),
            "actors/pt-misal": people(
                title=title("PT Misal"),
                actor_kind="company",
                aliases=[{"name": "PTM", "kind": "acronym", "cite": cite("PT Misal (PTM)")}],
            ),
            "systems/aplikasi-contoh": people(
                title=title("Aplikasi Contoh"),
                system_kind="app",
                lead=["what-it-is"],
                claims=[claim("what-it-is", cite("Kota Contoh bekerja sama"))],
            ),
            "cases/cctv-contoh": people(
                title=title("CCTV Kota Contoh"),
                places=["contoh"],
                topics=["cctv"],
                lead=["cash"],
                claims=[
                    claim(
                        "cash",
                        cite(
                            "uang tunai senilai 2,5 miliar",
                            locator={"id": "Bab I", "en": "Chapter I"},
                            translations={"en": {"by": "source", "text": "The cash worth 2.5 billion"}},
                        ),
                        kind="transfer",
                        standing="potential",
                        parties=[{"part": "recipient", "as_stated": "seorang pejabat"}],
                        places=["contoh"],
                        topics=["procurement"],
                        start="2017",
                        transfer={"amount": "2500000000", "as_stated": "2,5 miliar"},
                    ),
                    claim(
                        "complaints",
                        cite("Terdapat 1.409 keluhan (no. 7)"),
                        cite("sejak 12:30, tahun 2017", relation="context"),
                        kind="figure",
                        start="2017-08",
                        end="2018-01-31",
                        date_as_stated="12:30",
                        relayed_by=["karya-lain"],
                        figure={
                            "indicator": title("Keluhan"),
                            "value": "1409",
                            "unit": title("keluhan"),
                            "bound": "exact",
                            "as_stated": "1.409",
                        },
                    ),
                    claim(
                        "reply",
                        cite("PT Misal (PTM) menjawab: itu tidak benar"),
                        kind="statement",
                        said_by={"actor": "actors/pt-misal"},
                        parties=[{"part": "speaker", "who": "actors/pt-misal"}],
                    ),
                ],
                conflicts=[
                    {
                        "key": "which-money",
                        "kind": "between_languages",
                        "claim": "cash",
                        "property": "transfer.kind",
                        "sides": [
                            {"value": "uang tunai", "cite": cite("uang tunai")},
                            {"value": "cash", "cite": cite("The cash", language="en")},
                        ],
                        "explanation": title("Dua bahasa."),
                    }
                ],
                unknowns=[
                    {"property": "contract", "reason": "not_searched"},
                    {"claim": "cash", "property": "payer", "reason": "not_in_our_copy"},
                    {
                        "claim": "cash",
                        "property": "currency",
                        "reason": "not_in_our_copy",
                        "note": title("Mata uang"),
                    },
                    {
                        "claim": "reply",
                        "property": "acts",
                        "reason": "none_exists",
                        "cite": cite("itu tidak benar"),
                    },
                    {
                        "property": "instrument",
                        "reason": "searched_not_found",
                        "note": title("Register pengadilan"),
                        "searched_on": "2026-10-01",
                    },
                ],
                responses=[
                    {
                        "key": "reply-2026",
                        "who": "actors/pt-misal",
                        "state": "answered",
                        "asked": "2026-10-01",
                        "deadline": "2026-10-15",
                        "answered": "2026-10-09",
                        "denies": "yes",
                        "claims": ["cash"],
                        "cites": [cite("itu tidak benar")],
                    }
                ],
            ),
            "collaborations/contoh-misal": people(
                title=title("Kota Contoh dan PT Misal"),
                places=["contoh"],
                lead=["partners"],
                claims=[
                    claim(
                        "partners",
                        cite("bekerja sama dengan PT Misal"),
                        kind="role",
                        aspect="partner",
                        parties=[
                            {"part": "partner", "who": "actors/pt-misal"},
                            {"part": "body", "who": "actors/pemkot-contoh"},
                            {"part": "named", "who": "systems/aplikasi-contoh"},
                        ],
                        said_by={"speaker": {"id": "seorang warga", "en": "a resident"}},
                        ongoing_when_written="yes",
                    )
                ],
                unknowns=[{"property": "instrument", "reason": "not_in_our_copy"}],
            ),
        }
    )


def as_text(dossier: dict[str, Any]) -> str:
    return yaml.dump(dossier, Dumper=PlainDumper, sort_keys=False, allow_unicode=True)


def as_files(dossiers: Dossiers) -> dict[str, str]:
    return {f"{name}.yaml": as_text(dossier) for name, dossier in with_ids(dossiers).items()}


def make_documents(folder: Path) -> Path:
    """A folder that holds the one text of the sample."""
    documents = folder / "documents"
    documents.mkdir(exist_ok=True)
    (documents / FILE).write_bytes(TEXT.encode())
    return documents


def make_folder(folder: Path, dossiers: Dossiers | None = None) -> Path:
    """The dossiers as files, with their lock; the text is at hand in `documents` only while the lock is written."""
    made = folder / "fixtures"
    put(made, make_dossiers() if dossiers is None else dossiers)
    lock(made, make_documents(folder))
    return made


def put(folder: Path, dossiers: Dossiers) -> None:
    for name, text in as_files(dossiers).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def lock(folder: Path, documents: Path) -> None:
    files = {f"{path.parent.name}/{path.name}": path.read_text("utf-8") for path in sorted(folder.glob("*/*.yaml"))}
    write(folder / LOCK_NAME, check(files, documents=documents).quotes)


def row_counts() -> dict[str, int]:
    """How many rows every table holds."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}
