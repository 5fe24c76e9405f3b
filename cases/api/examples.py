"""Examples of the OpenAPI document: one URL of the record for every operation."""

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cases.documents.kinds import FOLDERS

from .problems import ROOT, problem

EXAMPLE_SLUGS = {
    "case": "cctv-dan-jasa-internet-bandung-smart-city",
    "collaboration": "bekasi-telkom-smart-city",
    "actor": "pt-telkom",
    "system": "bekasi-smart-city",
    "place": "bekasi",
    "source": "collaborative-governance-bekasi-telkom-bab-1",
}
# A filter for the list of each kind, and for its files
FILTERS = {
    "case": "topic=cctv",
    "collaboration": "place=bekasi",
    "actor": "actor_kind=state_owned_company",
    "system": "system_kind=app",
    "place": "place_kind=province",
    "source": "source_kind=thesis",
}
# By operationId. The answer stands at the address itself, so that it is never out of date.
EXAMPLES = {
    "get_index": f"{ROOT}/",
    **{f"list_{folder}": f"{ROOT}/{folder}/?{FILTERS[kind]}&limit=2" for kind, folder in FOLDERS.items()},
    **{f"get_{kind}": f"{ROOT}/{folder}/{EXAMPLE_SLUGS[kind]}/" for kind, folder in FOLDERS.items()},
    "list_claims": f"{ROOT}/claims/?kind=transfer&place=bandung&limit=2",
    "get_claim": f"{ROOT}/claims/57ea71b3-1b59-53c2-a8fe-69a99c72332d/",
    "list_excerpts": f"{ROOT}/excerpts/?source={EXAMPLE_SLUGS['source']}&limit=2",
    "get_excerpt": f"{ROOT}/excerpts/bf2e78f7-7227-56e2-9b1c-e1acee047b3c/",
    "list_topics": f"{ROOT}/topics/",
    "get_topic": f"{ROOT}/topics/cctv/",
    "search": f"{ROOT}/search/?q=uang+tunai&place=bandung&language=en",
    "suggest": f"{ROOT}/suggest/?q=telk&language=en",
    "list_changes": f"{ROOT}/changes/?after=100&limit=2",
    "list_revisions": f"{ROOT}/revisions/?after=100&limit=2",
    "get_revision": f"{ROOT}/revisions/1/",
    "get_digest": f"{ROOT}/digest/",
    "get_export_manifest": f"{ROOT}/export/",
    "export_documents_ndjson": f"{ROOT}/export/documents.ndjson?kind=case",
    "export_claims_csv": f"{ROOT}/export/claims.csv?kind=transfer",
    **{
        f"export_{folder}_{form}": f"{ROOT}/export/{folder}.{form}?{FILTERS[kind]}"
        for kind, folder in FOLDERS.items()
        for form in ("ndjson", "csv")
    },
    "export_entities_ftm_json": f"{ROOT}/export/entities.ftm.json?place=bekasi",
    "export_sources_csl_json": f"{ROOT}/export/sources.csl.json?{FILTERS['source']}",
    "export_sources_bib": f"{ROOT}/export/sources.bib?{FILTERS['source']}",
    "export_record_sqlite": f"{ROOT}/export/record.sqlite",
    "export_commitments_ndjson": f"{ROOT}/export/commitments.ndjson",
    "get_schema": f"{ROOT}/schema/",
    "get_json_schema": "/schemas/case/2.json",
}


# What a refusal says, for its example. Its type, title and status come with it.
REFUSALS: dict[str, dict[str, Any]] = {
    "400": {
        "detail": "“standng” is not a parameter here.",
        "parameter": "standng",
        "did_you_mean": ["standing"],
    },
    "404": {
        "detail": "There is no case “cctv-bandung” in the record.",
        "did_you_mean": ["cctv-dan-jasa-internet-bandung-smart-city"],
    },
    "410": {
        "detail": "The words of revision 67 were erased. Its commitment remains.",
        "redacted": {"seq": 67, "commitment": "0" * 64},
    },
    "429": {"detail": "At most 600 requests a minute are answered. Go on in 42 s."},
    "503": {"detail": "This took too long and was given up. Ask for less at once, or try again later."},
}


def show(path: str, operation: dict[str, Any]) -> None:
    """Add the example of an operation at `path` to it: values of its parameters, and the URL of the response."""
    address = EXAMPLES[operation["operationId"]]
    values = _values(path, address)
    for parameter in operation.get("parameters", []):
        if parameter["name"] in values:
            parameter["example"] = _typed(values[parameter["name"]], parameter["schema"]["type"])
    for media in operation["responses"]["200"]["content"].values():
        media["examples"] = {"record": {"summary": address, "externalValue": address}}
    for status, members in REFUSALS.items():
        for media in operation["responses"].get(status, {}).get("content", {}).values():
            media["example"] = json.loads(problem(int(status), **members).content)


def _values(path: str, address: str) -> dict[str, list[str]]:
    """Return what the URL gives for each parameter in the path and in the query."""
    url = urlsplit(address)
    matched = re.fullmatch(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path), url.path)
    if matched is None:
        raise ValueError(f"The example {address} is not of {path}.")
    return parse_qs(url.query) | {name: [value] for name, value in matched.groupdict().items()}


def _typed(given: list[str], kind: str) -> Any:
    if kind == "array":
        return given
    return int(given[0]) if kind == "integer" else given[0]
