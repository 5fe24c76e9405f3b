"""Whether a dossier may say that a source does not tell: by the works of the batch and of those loaded before."""

import uuid
from collections.abc import Mapping

from cases.models import Citation, Claim, Relay, Unknown
from cases.publication.fairness import Work, fault_of_reason
from cases.vocabularies import Relation, UnknownReason
from sources.models import Capture, Source

from .bundle import Bundle

BundlesById = Mapping[uuid.UUID, Bundle]


def check_unknowns(bundles: list[Bundle]) -> None:
    """Note a fault at every reason that publication will refuse (see cases.publication.fairness)."""
    by_id = {bundle.item.id: bundle for bundle in bundles}
    for bundle in bundles:
        for row, entry in bundle.rows:
            if isinstance(row, Unknown) and row.reason == UnknownReason.NOT_IN_SOURCE:
                works = (_work(source, by_id) for source in _sources_of(bundle, row.claim))
                if fault := fault_of_reason(row.property, row.reason, works):
                    entry.fault("reason", fault)


def _sources_of(bundle: Bundle, claim: Claim | None) -> set[Source]:
    """Return the works through which a claim comes, those that it quotes included; without a claim, all works."""
    found = {cite.excerpt.capture.source for cite in bundle.cites if cite.excerpt and claim is None}
    for row, _entry in bundle.rows:
        if isinstance(row, Claim) and row.said_by_source and claim in (None, row):
            found.add(row.said_by_source)
        elif isinstance(row, Relay) and row.source_id and claim in (None, row.claim):
            found.add(row.source)
        elif isinstance(row, Citation) and row.excerpt_id and claim == row.claim and row.relation == Relation.SUPPORTS:
            found.add(row.excerpt.capture.source)
    return found


def _work(source: Source, bundles: BundlesById) -> Work:
    bundle = bundles.get(source.id)
    if bundle is None:
        captures, is_held = list(source.captures.all()), not source.known_through.exists()
    else:
        captures = [row for row, _entry in bundle.rows if isinstance(row, Capture)]
        is_held = not any(rows for _row, name, rows in bundle.many if name == "known_through")
    return Work(is_held, is_whole=not (captures and (captures[-1].extent_id or captures[-1].extent_en)))
