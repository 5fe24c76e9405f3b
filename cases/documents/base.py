"""What every document answers, whatever it is of: lookups by id, what is said of a claim, what rests on an excerpt."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Annotated, NamedTuple, Self, TypeVar, cast

import msgspec
from msgspec import Meta, Struct

from cases.vocabularies import Action, ConflictFamily, SubjectKind, WithdrawalReason
from sources.json_fields import Id, LanguageMap, License, PagePath, Slug, Text, Timestamp, words

from .claims import ANSWERABLE_PARTS, CHARGED_PARTS, PublishedClaim
from .evidence import (
    PublishedAlias,
    PublishedConflict,
    PublishedExcerpt,
    PublishedIdentifier,
    PublishedResponse,
    PublishedSourceStatement,
    PublishedUnknown,
    not_asked,
)
from .references import AnyKind, SourceName, SourceRef, SubjectRef, titles

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
Element = TypeVar("Element")
Note = TypeVar("Note", PublishedConflict, PublishedUnknown)


class Version(Struct, frozen=True, kw_only=True):
    """Which version of the document this is, and why it was written."""

    number: Annotated[int, Meta(extra_json_schema={"minimum": 1})]
    recorded_at: Timestamp
    action: Annotated[str, words(Action)]
    reason: Text
    reason_code: Annotated[str, words(WithdrawalReason)] | None


TITLE = Meta(
    description="In both languages; of a source, as it stands there.",
    extra_json_schema={"minLength": 1, "properties": {"id": {"minLength": 1}, "en": {"minLength": 1}}},
)
UNVERSIONED = Version(number=0, recorded_at="", action="", reason=LanguageMap(id="", en=""), reason_code=None)


class ExcerptUses(NamedTuple):
    """What rests on one excerpt in a document: claims with the relation of each, and what stands beside claims.

    `about` is what a source tells of itself, in its own document, with the relation of each.
    """

    claims: list[tuple[PublishedClaim, str]]
    conflicts: list[PublishedConflict]
    aliases: list[PublishedAlias]
    identifiers: list[PublishedIdentifier]
    responses: list[PublishedResponse]
    unknowns: list[PublishedUnknown]
    about: list[tuple[PublishedSourceStatement, str]]


def _empty(kind: type[Element]) -> tuple[Element, ...]:
    """Return a read-only class attribute that is an empty tuple; a subclass may have a field of that name."""
    return cast(tuple[Element, ...], property(lambda self: ()))


class DocumentBase(Struct, frozen=True, kw_only=True, dict=True, omit_defaults=True, tag_field="$schema"):
    """What names a thing. Lists that a kind of document does not have are empty here, and are not encoded.

    `version` is UNVERSIONED, and not encoded either, until the ledger has numbered the document.
    """

    id: Id
    kind: AnyKind
    slug: Slug
    path: PagePath
    title: Annotated[LanguageMap | str | None, TITLE]
    version: Version = UNVERSIONED
    license: License

    claims = _empty(PublishedClaim)
    excerpts = _empty(PublishedExcerpt)
    sources = _empty(SourceRef)
    conflicts = _empty(PublishedConflict)
    unknowns = _empty(PublishedUnknown)
    responses = _empty(PublishedResponse)
    aliases = _empty(PublishedAlias)
    identifiers = _empty(PublishedIdentifier)
    about = _empty(PublishedSourceStatement)
    places = _empty(SubjectRef)
    known_through = _empty(SourceName)
    lead = _empty(str)
    topics = _empty(str)
    authors = _empty(str)

    @property
    def parent(self) -> SubjectRef | None:
        return None

    @property
    def unversioned(self) -> Self:
        """Return the document without its version: what readers would see change."""
        return msgspec.structs.replace(self, version=UNVERSIONED)

    @property
    def stands(self) -> bool:
        """Return whether readers see this document, or only that the thing was withdrawn or merged."""
        return True

    @property
    def subkind(self) -> str:
        """Return what sort of actor, system, place or source it is; empty for the other kinds."""
        return getattr(self, f"{self.kind}_kind", None) or ""

    @property
    def titles(self) -> LanguageMap:
        """Return the title in both languages: a source has one of its own, or one that we gave it, in brackets."""
        return titles(self.title, getattr(self, "title_given", None))

    @cached_property
    def claims_by_id(self) -> Mapping[str, PublishedClaim]:
        return {claim.id: claim for claim in self.claims}

    @cached_property
    def excerpts_by_id(self) -> Mapping[str, PublishedExcerpt]:
        return {excerpt.id: excerpt for excerpt in self.excerpts}

    @property
    def telling_excerpts(self) -> tuple[PublishedExcerpt, ...]:
        """Return the excerpts but for those that only show another name: of these the name matters, not the rest."""
        names = {alias.excerpt for alias in self.aliases}
        citations = [claim.citations for claim in self.claims] + [about.citations for about in self.about]
        cited = {citation.excerpt for each in citations for citation in each}
        return tuple(excerpt for excerpt in self.excerpts if excerpt.id in cited or excerpt.id not in names)

    @cached_property
    def sources_by_slug(self) -> Mapping[str, SourceRef]:
        return {source.slug: source for source in self.sources}

    @cached_property
    def _conflicts_by_claim(self) -> Mapping[str | None, tuple[PublishedConflict, ...]]:
        return _by_claim(self.conflicts)

    @cached_property
    def _unknowns_by_claim(self) -> Mapping[str | None, tuple[PublishedUnknown, ...]]:
        return _by_claim(self.unknowns)

    def claim(self, claim_id: str) -> PublishedClaim:
        """Return a claim by its id. Raises KeyError."""
        return self.claims_by_id[claim_id]

    def excerpt(self, excerpt_id: str) -> PublishedExcerpt:
        """Return an excerpt by its id. Raises KeyError."""
        return self.excerpts_by_id[excerpt_id]

    def source(self, slug: str) -> SourceRef:
        """Return a source that the document names by its slug. Raises KeyError."""
        return self.sources_by_slug[slug]

    def source_of(self, excerpt_id: str) -> SourceRef:
        """Return the source of an excerpt. Raises KeyError."""
        return self.source(self.excerpt(excerpt_id).source)

    def supporting_excerpts_of(self, claim: PublishedClaim) -> tuple[PublishedExcerpt, ...]:
        """Return the excerpts that support a claim and that the document holds, in the order of the claim."""
        return tuple(self.excerpts_by_id[key] for key in claim.supporting_excerpts if key in self.excerpts_by_id)

    def conflicts_of(self, claim: PublishedClaim) -> tuple[PublishedConflict, ...]:
        return self._conflicts_by_claim.get(claim.id, ())

    def unknowns_of(self, claim: PublishedClaim) -> tuple[PublishedUnknown, ...]:
        return self._unknowns_by_claim.get(claim.id, ())

    def responses_to(self, claim: PublishedClaim) -> tuple[PublishedResponse, ...]:
        return tuple(response for response in self.responses if claim.id in response.claims)

    def answerable_in(self, *claims: PublishedClaim) -> Mapping[str, SubjectRef]:
        """Return by id whoever has a right of reply to these claims: whom a case names so, whom anything charges."""
        parts = ANSWERABLE_PARTS if self.kind == SubjectKind.CASE else CHARGED_PARTS
        return {party.who.id: party.who for claim in claims for party in claim.parties_in(*parts) if party.who}

    def replies_to(self, claim: PublishedClaim) -> Mapping[str, PublishedResponse]:
        """Return the reply of everyone who has a right to one, and of whoever else was asked, by the id of who.

        A response that names no claims is to all that its author may answer. Who has none was not asked.
        """
        answerable = self.answerable_in(claim)
        general = {each.who.id: each for each in self.responses if not each.claims and each.who.id in answerable}
        own = {each.who.id: each for each in self.responses_to(claim)}
        return {key: not_asked(who) for key, who in answerable.items()} | general | own

    def denials_of(self, claim: PublishedClaim) -> tuple[PublishedResponse, ...]:
        return tuple(reply for reply in self.replies_to(claim).values() if reply.denies)

    def families_of(self, claim: PublishedClaim) -> tuple[str, ...]:
        """Return what readers are told of disagreements about a claim: *denied* only where a reply denies it."""
        families = {conflict.family for conflict in self.conflicts_of(claim)}
        if self.denials_of(claim):
            families.add(ConflictFamily.DENIED.value)
        return tuple(sorted(families, key=_rank_of_family))

    @property
    def own_conflicts(self) -> tuple[PublishedConflict, ...]:
        """Return the conflicts about the whole subject: those that name no claim."""
        return self._conflicts_by_claim.get(None, ())

    @property
    def own_unknowns(self) -> tuple[PublishedUnknown, ...]:
        """Return the unknowns about the whole subject: those that name no claim."""
        return self._unknowns_by_claim.get(None, ())

    @property
    def lead_claims(self) -> tuple[PublishedClaim, ...]:
        """Return the claims of the lead in its order. Raises KeyError when one is not in the document."""
        return tuple(self.claim(key) for key in self.lead)

    @property
    def names_person(self) -> bool:
        """Return whether it is a case, is of or names a person, or accuses anyone: two people must read it."""
        return (
            self.kind == SubjectKind.CASE
            or getattr(self, "actor_kind", None) == "person"
            or any(claim.names_person or claim.parties_in(*CHARGED_PARTS) for claim in self.claims)
        )

    @cached_property
    def uses_of_excerpts(self) -> Mapping[str, ExcerptUses]:
        """Return by the id of each excerpt what rests on it. Nothing else in a document names one."""
        found = {excerpt.id: ExcerptUses([], [], [], [], [], [], []) for excerpt in self.excerpts}
        for claim in self.claims:
            for citation in claim.citations:
                found[citation.excerpt].claims.append((claim, citation.relation))
        for statement in self.about:
            for citation in statement.citations:
                found[citation.excerpt].about.append((statement, citation.relation))
        for conflict in self.conflicts:
            for key in dict.fromkeys(side.excerpt for side in conflict.sides):
                found[key].conflicts.append(conflict)
        for alias in self.aliases:
            found[alias.excerpt].aliases.append(alias)
        for identifier in self.identifiers:
            found[identifier.excerpt].identifiers.append(identifier)
        for response in self.responses:
            for key in response.excerpts:
                found[key].responses.append(response)
        for unknown in self.unknowns:
            if unknown.excerpt:
                found[unknown.excerpt].unknowns.append(unknown)
        return found


def _rank_of_family(family: str) -> tuple[int, str]:
    """Return the place of a family in its closed list; a word of a later list comes last."""
    known: list[str] = ConflictFamily.values
    return (known.index(family) if family in known else len(known)), family


def _by_claim(rows: Iterable[Note]) -> Mapping[str | None, tuple[Note, ...]]:
    found: dict[str | None, list[Note]] = defaultdict(list)
    for row in rows:
        found[row.claim].append(row)
    return {key: tuple(members) for key, members in found.items()}
