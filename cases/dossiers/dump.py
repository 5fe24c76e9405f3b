"""The way back: the dossier of a working copy, in the form that the loader reads."""

import re
from collections.abc import Mapping, Sequence

import yaml
from django.db.models import Model

from cases.claim_kinds import DETAILED, Detail, DetailedKind, FieldSort
from cases.documents.build import Item
from cases.documents.cited_rows import by_slug
from cases.documents.kinds import FOLDERS, SUBKIND_FIELDS
from cases.models import Citation, Claim, Conflict, Party, Place, Response, SourceName, SourceSection, Subject
from sources.derived_ids import derived_id
from sources.models import Excerpt, Source, SourceStatementExcerpt

from . import original_files, page_checks

# Enough of it to tell the copies of one source apart
SHORT_SHA256 = 12
# Text, lists and maps: all that a dossier holds
Yaml = str | Sequence["Yaml"] | Mapping[str, "Yaml"]


class PlainDumper(yaml.SafeDumper):
    """Every scalar is text, written without quotes wherever YAML allows it."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def ignore_aliases(self, data: object) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def dump_text(item: Item) -> str:
    """Return the dossier of an item as YAML text. Many items: read them by `read_items` first."""
    return yaml_text(dump(item), width=110)


def yaml_text(value: object, *, width: int) -> str:
    """Return plain YAML: keys in their order, one entry a line."""
    return str(yaml.dump(value, Dumper=PlainDumper, sort_keys=False, allow_unicode=True, width=width))


def dump(item: Item) -> dict[str, Yaml]:
    """Return the dossier of an item as maps and lists of text, without what is empty."""
    made = _source(item) if isinstance(item, Source) else _subject(item.specific)
    made = {"id": str(item.id)} | made
    return {key: entry for key, value in made.items() if (entry := _full(value))}


def _source(source: Source) -> dict[str, Yaml]:
    return {
        "kind": source.source_kind,
        "title": source.title,
        "title_given": _map(source, "title_given"),
        "authors": source.author_list,
        "institution": source.institution,
        "publisher": source.publisher,
        "published": str(source.published),
        "language": source.language,
        "url": source.url,
        "licence": source.licence,
        "known_through": [other.slug for other in by_slug(source.known_through.all())],
        "captures": [
            {
                "text_sha256": capture.text_sha256,
                "length": str(capture.text_length),
                "file": capture.file_name,
                "media_type": capture.media_type,
                "captured_at": capture.captured_at.isoformat() if capture.captured_at else "",
                "archive_url": capture.archive_url,
                "extent": _map(capture, "extent"),
                "read": original_files.dump(capture),
                "corrects": original_files.dump_corrections(capture),
                "private": [f"{start}-{end}" for start, end in capture.private],
                "sections": [_section(section) for section in capture.sections.all()],
            }
            for capture in source.captures.all()
        ],
        "about": [
            {
                "key": statement.key,
                "aspect": statement.aspect,
                "statement": _map(statement, "statement"),
                "cites": [_citation(citation) for citation in statement.citations.all()],
            }
            for statement in source.statements.all()
        ],
        "names": [_name(name) for name in source.names.all()],
    }


def _section(section: SourceSection) -> dict[str, Yaml]:
    return {
        "at": str(section.start),
        "title": section.title,
        "role": section.role,
        "said_by": _said_by(section),
        "stated_on": str(section.stated_on),
    }


def _name(name: SourceName) -> dict[str, Yaml]:
    who = f"{FOLDERS[name.who.kind]}/{name.who.slug}"
    cite = _cite(name.excerpt) if name.excerpt else ""
    return {"words": name.words, "who": who, "cite": cite, "reason": name.reason}


def _subject(subject: Subject) -> dict[str, Yaml]:
    made: dict[str, Yaml] = {"title": _map(subject, "title")}
    if name := SUBKIND_FIELDS.get(subject.kind):
        made[name] = getattr(subject, name)
    if isinstance(subject, Place):
        made |= {"code": subject.code, "iso": subject.iso, "parent": subject.parent.slug if subject.parent else ""}
    claims = list(subject.claims.all())
    return made | {
        "places": [place.slug for place in by_slug(subject.places.all())],
        "topics": list(subject.topics),
        "aliases": [{"name": a.name, "kind": a.kind, "cite": _cite(a.excerpt)} for a in subject.aliases.all()],
        "identifiers": [
            {"scheme": i.scheme, "value": i.value, "cite": _cite(i.excerpt)} for i in subject.identifiers.all()
        ],
        "lead": [c.key for c in sorted((c for c in claims if c.lead), key=lambda c: c.lead or 0)],
        "claims": [_claim(claim, subject) for claim in claims],
        "conflicts": [_conflict(conflict, subject) for conflict in subject.conflicts.all()],
        "unknowns": [
            {
                "claim": u.claim.key if u.claim else "",
                "property": u.property,
                "reason": u.reason,
                "note": _map(u, "note"),
                "searched_on": str(u.searched_on),
                "cite": _cite(u.excerpt) if u.excerpt else "",
            }
            for u in subject.unknowns.all()
        ],
        "responses": [_response(response, subject) for response in subject.responses.all()],
    }


def _own_id(row: Claim | Conflict | Response, name: str, subject: Subject) -> str:
    """Return the id of a row, when it does not follow from its name."""
    return "" if row.id == derived_id(subject.id, name) else str(row.id)


def _claim(claim: Claim, subject: Subject) -> dict[str, Yaml]:
    made: dict[str, Yaml] = {
        "key": claim.key,
        "id": _own_id(claim, claim.key, subject),
        "kind": claim.kind,
        "aspect": claim.aspect,
        "standing": claim.standing,
        "statement": _map(claim, "statement"),
        "statement_is_proposed": "yes" if claim.statement_is_proposed else "",
        "stale_language": claim.stale_language,
        "said_by": _said_by(claim),
        "relayed_by": [relay.source.slug for relay in claim.relays.all()],
        "parties": [_party(party) for party in claim.parties.all()],
        "places": [place.slug for place in by_slug(claim.places.all())],
        "topics": list(claim.topics),
        "start": str(claim.start),
        "end": str(claim.end),
        "date_as_stated": claim.date_as_stated,
        "ongoing_when_written": "yes" if claim.ongoing_when_written else "",
    }
    if claim.detail is not None:
        made[claim.kind] = _detail(claim.detail, DETAILED[claim.kind])
    made["cites"] = [_citation(citation) for citation in claim.citations.all()]
    return made


def _said_by(row: Claim | SourceSection) -> dict[str, Yaml]:
    if row.said_by_actor:
        return {"actor": f"actors/{row.said_by_actor.slug}"}
    return {"source": row.said_by_source.slug} if row.said_by_source else {"speaker": _map(row, "speaker")}


def _party(party: Party) -> dict[str, Yaml]:
    who = f"{FOLDERS[party.who.kind]}/{party.who.slug}" if party.who else ""
    return {"part": party.part, "who": who, "as_stated": party.as_stated}


def _citation(citation: Citation | SourceStatementExcerpt) -> dict[str, Yaml]:
    relation = "" if citation.relation == "supports" else citation.relation
    return _cite(citation.excerpt) | {"relation": relation, "confirmed": getattr(citation, "confirmed", "")}


def _detail(detail: Detail, kind: DetailedKind) -> dict[str, Yaml]:
    return {
        field.name: _map(detail, field.name)
        if field.sort == FieldSort.LANGUAGE_MAP
        else str(getattr(detail, field.name))
        for field in kind.fields
    }


def _cite(excerpt: Excerpt) -> dict[str, Yaml]:
    capture = excerpt.capture
    source = capture.source
    return {
        "source": source.slug,
        "capture": "" if capture == list(source.captures.all())[-1] else capture.text_sha256[:SHORT_SHA256],
        "at": str(excerpt.start),
        "words": excerpt.exact,
        "locator": _map(excerpt, "locator"),
        "language": "" if excerpt.language == source.language else excerpt.language,
        "translations": {t.language: {"by": t.by, "text": t.text} for t in excerpt.translations.all()},
        "page_check": page_checks.dump(excerpt),
    }


def _conflict(conflict: Conflict, subject: Subject) -> dict[str, Yaml]:
    return {
        "key": conflict.key,
        "id": _own_id(conflict, f"conflicts/{conflict.key}", subject),
        "kind": conflict.kind,
        "claim": conflict.claim.key if conflict.claim else "",
        "property": conflict.property,
        "sides": [
            {"value": side.value, "reading": _map(side, "reading"), "cite": _cite(side.excerpt)}
            for side in conflict.sides.all()
        ],
        "explanation": _map(conflict, "explanation"),
    }


def _response(response: Response, subject: Subject) -> dict[str, Yaml]:
    return {
        "key": response.key,
        "id": _own_id(response, f"responses/{response.key}", subject),
        "who": f"actors/{response.who.slug}",
        "state": response.state,
        "not_asked_because": response.not_asked_because,
        "asked": str(response.asked),
        "deadline": str(response.deadline),
        "answered": str(response.answered),
        "denies": "yes" if response.denies else "",
        "note": _map(response, "note"),
        "claims": [claim.key for claim in sorted(response.claims.all(), key=lambda claim: claim.position)],
        "cites": [_cite(excerpt) for excerpt in response.excerpts.all()],
    }


def _map(row: Model, name: str) -> dict[str, Yaml]:
    return {"id": getattr(row, f"{name}_id"), "en": getattr(row, f"{name}_en")}


def _full(value: Yaml) -> Yaml:
    """Return the same without empty texts, lists and maps."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        full = {key: _full(entry) for key, entry in value.items()}
        return {key: entry for key, entry in full.items() if entry}
    return [_full(entry) for entry in value]
