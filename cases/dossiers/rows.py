"""From the entries of a dossier to unsaved model rows, collecting every fault on the way."""

from functools import partial

from django.db.models import Model

from cases import models as cases
from cases.claim_kinds import DETAILED, FieldSort
from cases.documents.kinds import SUBKIND_FIELDS
from sources.models import Source

from .bundle import MODEL_OF_FOLDER, Bundle, given_id
from .reader import Entry
from .row_parts import add_cite, add_said_by, refer_to_subject
from .source_rows import add_source

ClaimsByKey = dict[str, cases.Claim]


def build_bundle(folder: str, key: str, top: Entry) -> Bundle:
    """Return the rows of one dossier. Faults go to the entry's list; references and quotes are looked up later."""
    item_id = given_id(top, None)
    item = MODEL_OF_FOLDER[folder](id=item_id, slug=key)
    item.pk = item_id  # of a subject, the key of its own kind's table as well
    bundle = Bundle(folder, key, item, top, top.text("extracted_by"), top.text("reviewed_by"))
    if isinstance(item, Source):
        add_source(bundle, item)
    else:
        _add_subject(bundle, item)
    top.done()
    return bundle


def _add_subject(bundle: Bundle, subject: cases.Subject) -> None:
    top = bundle.entry
    for column, title in top.map("title", required=True).items():
        setattr(subject, column, title)
    subject.kind = subject.KIND
    subject.topics = top.words("topics")
    if name := SUBKIND_FIELDS.get(subject.kind):
        setattr(subject, name, top.text(name, required=True))
    if isinstance(subject, cases.Place):
        subject.code, subject.iso = top.text("code"), top.text("iso")
        bundle.refer(top, "parent", "places", top.text("parent"), partial(setattr, subject, "parent"))
    _add_places(bundle, top, subject)
    _add_aliases(bundle, subject)
    _add_identifiers(bundle, subject)
    claims = _add_claims(bundle, subject)
    _add_conflicts(bundle, subject, claims)
    _add_unknowns(bundle, subject, claims)
    _add_responses(bundle, subject, claims)


def _add_aliases(bundle: Bundle, subject: cases.Subject) -> None:
    for position, entry in enumerate(bundle.entry.entries("aliases")):
        alias = cases.Alias(subject=subject, position=position, name=entry.text("name", required=True))
        alias.kind = entry.text("kind", required=True)
        add_cite(bundle, entry.entry("cite"), entry, partial(setattr, alias, "excerpt"))
        bundle.add(alias, entry)


def _add_identifiers(bundle: Bundle, subject: cases.Subject) -> None:
    for position, entry in enumerate(bundle.entry.entries("identifiers")):
        row = cases.Identifier(subject=subject, position=position, scheme=entry.text("scheme", required=True))
        row.value = entry.text("value", required=True)
        add_cite(bundle, entry.entry("cite"), entry, partial(setattr, row, "excerpt"))
        bundle.add(row, entry)


def _add_unknowns(bundle: Bundle, subject: cases.Subject, claims: ClaimsByKey) -> None:
    for position, entry in enumerate(bundle.entry.entries("unknowns")):
        unknown = cases.Unknown(
            subject=subject,
            position=position,
            claim=_claim_named(entry, claims),
            property=entry.text("property", required=True),
            reason=entry.text("reason", required=True),
            searched_on=entry.text("searched_on"),
            **entry.map("note"),
        )
        if (cite := entry.entry("cite")) is not None:
            add_cite(bundle, cite, entry, partial(setattr, unknown, "excerpt"))
        bundle.add(unknown, entry)


def _add_places(bundle: Bundle, entry: Entry, row: Model) -> None:
    places: list[Model] = []
    bundle.many.append((row, "places", places))
    for key in entry.words("places"):
        bundle.refer(entry, "places", "places", key, places.append)


def _add_claims(bundle: Bundle, subject: cases.Subject) -> ClaimsByKey:
    top = bundle.entry
    claims: ClaimsByKey = {}
    lead = top.words("lead")
    for position, entry in enumerate(top.entries("claims"), start=1):
        claim = _claim(bundle, subject, entry, position)
        claims[claim.key] = claim
        claim.lead = lead.index(claim.key) + 1 if claim.key in lead else None
        bundle.add(claim, entry)
        if entry.entry("said_by") is None:
            entry.fault("said_by", "is required: {source: key}, {actor: actors/key} or {speaker: {id: …, en: …}}.")
        add_said_by(bundle, entry, claim)
        _add_places(bundle, entry, claim)
        _add_relays(bundle, entry, claim)
        _add_parties(bundle, entry, claim)
        _add_detail(bundle, entry, claim)
        _add_citations(bundle, entry, claim)
    for key in lead:
        if key not in claims:
            top.fault("lead", f"names “{key}”, which is not a claim of this dossier.")
    return claims


def _claim(bundle: Bundle, subject: cases.Subject, entry: Entry, position: int) -> cases.Claim:
    key = entry.text("key", required=True)
    return cases.Claim(
        id=bundle.id_of(entry, key),
        subject=subject,
        key=key,
        position=position,
        kind=entry.text("kind", required=True),
        aspect=entry.text("aspect"),
        standing=entry.text("standing", required=True),
        **entry.map("statement", required=True, one_is_enough=True),
        statement_is_proposed=entry.yes("statement_is_proposed"),
        stale_language=entry.text("stale_language"),
        topics=entry.words("topics"),
        start=entry.text("start"),
        end=entry.text("end"),
        date_as_stated=entry.text("date_as_stated"),
        ongoing_when_written=entry.yes("ongoing_when_written"),
    )


def _add_relays(bundle: Bundle, entry: Entry, claim: cases.Claim) -> None:
    for position, source in enumerate(entry.words("relayed_by")):
        relay = bundle.add(cases.Relay(claim=claim, position=position), entry)
        bundle.refer(entry, "relayed_by", "sources", source, partial(setattr, relay, "source"))


def _add_parties(bundle: Bundle, entry: Entry, claim: cases.Claim) -> None:
    for position, row in enumerate(entry.entries("parties")):
        party = cases.Party(claim=claim, position=position, part=row.text("part", required=True))
        party.as_stated = row.text("as_stated")
        refer_to_subject(bundle, row, partial(setattr, party, "who"))
        bundle.add(party, row)


def _add_citations(bundle: Bundle, entry: Entry, claim: cases.Claim) -> None:
    for position, row in enumerate(entry.entries("cites")):
        citation = cases.Citation(claim=claim, position=position, confirmed=row.text("confirmed"))
        citation.relation = row.text("relation") or "supports"
        add_cite(bundle, row, row, partial(setattr, citation, "excerpt"))
        bundle.add(citation, row)


def _add_detail(bundle: Bundle, entry: Entry, claim: cases.Claim) -> None:
    for name, kind in DETAILED.items():
        row = entry.entry(name)
        if row is None:
            continue
        if claim.kind != name:
            entry.fault(name, f"does not belong to a claim of kind {claim.kind}.")
            continue
        detail = kind.model(claim=claim)
        for field in kind.fields:
            is_map = field.sort == FieldSort.LANGUAGE_MAP
            for column, value in (row.map(field.name) if is_map else {field.name: row.text(field.name)}).items():
                if value:
                    setattr(detail, column, value)
        bundle.add(detail, row)
        row.done()


def _claim_named(entry: Entry, claims: ClaimsByKey) -> cases.Claim | None:
    key = entry.text("claim")
    if key and key not in claims:
        entry.fault("claim", f"names “{key}”, which is not a claim of this dossier.")
    return claims.get(key)


def _add_conflicts(bundle: Bundle, subject: cases.Subject, claims: ClaimsByKey) -> None:
    for position, entry in enumerate(bundle.entry.entries("conflicts")):
        key = entry.text("key", required=True)
        conflict = cases.Conflict(
            id=bundle.id_of(entry, f"conflicts/{key}"),
            subject=subject,
            key=key,
            position=position,
            kind=entry.text("kind", required=True),
            claim=_claim_named(entry, claims),
            property=entry.text("property", required=True),
            **entry.map("explanation", required=True),
        )
        bundle.add(conflict, entry)
        for number, row in enumerate(entry.entries("sides")):
            side = cases.ConflictSide(
                conflict=conflict, position=number, value=row.text("value", required=True), **row.map("reading")
            )
            add_cite(bundle, row.entry("cite"), row, partial(setattr, side, "excerpt"))
            bundle.add(side, row)


def _add_responses(bundle: Bundle, subject: cases.Subject, claims: ClaimsByKey) -> None:
    for position, entry in enumerate(bundle.entry.entries("responses")):
        key = entry.text("key", required=True)
        response = cases.Response(
            id=bundle.id_of(entry, f"responses/{key}"),
            subject=subject,
            key=key,
            position=position,
            state=entry.text("state", required=True),
            not_asked_because=entry.text("not_asked_because"),
            asked=entry.text("asked"),
            deadline=entry.text("deadline"),
            answered=entry.text("answered"),
            denies=entry.yes("denies"),
            **entry.map("note"),
        )
        who = entry.text("who", required=True).removeprefix("actors/")
        bundle.refer(entry, "who", "actors", who, partial(setattr, response, "who"))
        bundle.add(response, entry)
        answered: list[Model] = [claims[key] for key in entry.words("claims") if key in claims]
        for key in set(entry.words("claims")) - set(claims):
            entry.fault("claims", f"names “{key}”, which is not a claim of this dossier.")
        excerpts: list[Model] = []
        for row in entry.entries("cites"):
            add_cite(bundle, row, row, excerpts.append)
        bundle.many += [(response, "claims", answered), (response, "excerpts", excerpts)]
