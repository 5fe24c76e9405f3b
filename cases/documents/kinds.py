"""The kinds of documents: where each stands in addresses and folders, and what sort of thing it is."""

from cases.claim_kinds import REGISTRY

LICENSE = "CC-BY-4.0"
# The folder of each kind: in addresses, in the API and among the dossiers
FOLDERS = {
    "case": "cases",
    "collaboration": "collaborations",
    "actor": "actors",
    "system": "systems",
    "place": "places",
    "source": "sources",
}
# The field that says what sort of actor, system, place or source it is
SUBKIND_FIELDS = {kind: f"{kind}_kind" for kind in ("actor", "system", "place", "source")}
# Claims that date their subject. A plan, a figure's period or a finding does not.
PERIOD_KINDS = {kind.name for kind in REGISTRY.values() if kind.dates_its_subject}
