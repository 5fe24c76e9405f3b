"""walk_client.py SITE DOCUMENT: a generated, typed client asks every operation for its example, and reads what it gets.

What it read is written back and compared with the answer: nothing is lost or guessed. Then it gets spoilt answers.
"""

import copy
import importlib
import json
import re
import sys
import time
import typing
from enum import Enum
from typing import Any

import casedb_client
import httpx
from casedb_client.models import Case, ClaimDetail, Problem


def main(site: str, file: str) -> None:
    with open(file, encoding="utf-8") as document:
        operations = [path["get"] for path in json.load(document)["paths"].values()]
    client = casedb_client.Client(base_url=site, raise_on_unexpected_status=True, timeout=httpx.Timeout(60))
    wait_for(site)
    answers = {operation["operationId"]: ask(client, operation) for operation in operations}
    refuses_what_is_spoilt(answers["get_claim"].content, answers["get_case"].content)
    tells_an_error(client)
    print(f"The generated client read the answers of all {len(answers)} operations, and refused spoilt ones.")


def wait_for(site: str) -> None:
    for _attempt in range(120):
        try:
            httpx.get(f"{site}/api/v1/")
            return
        except httpx.TransportError:
            time.sleep(0.5)
    sys.exit("The server did not come up.")


def ask(client: Any, operation: Any) -> Any:
    """The answer to the example of an operation, read and held against its own bytes."""
    name = operation["operationId"]
    module = importlib.import_module(f"casedb_client.api.{operation['tags'][0]}.{name}")
    hints = typing.get_type_hints(module.sync_detailed)
    given = {p["name"]: p["example"] for p in operation.get("parameters", []) if "example" in p}
    arguments = {python_name(key, hints): typed(value, hints[python_name(key, hints)]) for key, value in given.items()}
    answer = module.sync_detailed(client=client, **arguments)
    assert answer.status_code == 200, (name, answer)
    assert not isinstance(answer.parsed, Problem | None), name
    match answer.parsed:
        case str():
            assert answer.parsed == answer.content.decode(), name
        case casedb_client.types.File():
            assert answer.parsed.payload.read(15) == b"SQLite format 3", name
        case list():
            assert written_back([item.to_dict() for item in answer.parsed]) == json.loads(answer.content), name
        case _:
            assert written_back(answer.parsed.to_dict()) == json.loads(answer.content), name
    return answer


def written_back(value: Any) -> Any:
    """What the client writes, with times as the record has them: in UTC, named Z."""
    if isinstance(value, dict):
        return {name: written_back(each) for name, each in value.items()}
    if isinstance(value, list):
        return [written_back(each) for each in value]
    return re.sub(r"^(\d{4}-\d\d-\d\dT[\d:.]+)\+00:00$", r"\1Z", value) if isinstance(value, str) else value


def python_name(name: str, hints: dict[str, Any]) -> str:
    """`from` and `kind` of the API as Python has them."""
    return name if name in hints else f"{name}_"


def typed(value: Any, hint: Any) -> Any:
    """The value as a member of the enumeration that the hint names, or as it is."""
    if isinstance(value, list):
        return [typed(each, hint) for each in value]
    words = [part for part in parts_of(hint) if isinstance(part, type) and issubclass(part, Enum)]
    return words[0](value) if words else value


def parts_of(hint: Any) -> list[Any]:
    return [hint, *(part for inner in typing.get_args(hint) for part in parts_of(inner))]


def refuses_what_is_spoilt(claim: bytes, case: bytes) -> None:
    whole = json.loads(claim)
    assert ClaimDetail.from_dict(copy.deepcopy(whole))
    refused(ClaimDetail, {name: value for name, value in whole.items() if name != "commitment"})
    new_word = ClaimDetail.from_dict(copy.deepcopy(whole | {"claim": whole["claim"] | {"standing": "proven"}}))
    assert new_word.claim.standing == "proven", "words may come within a version"
    refused(ClaimDetail, whole | {"excerpts": None})
    document = json.loads(case)
    assert Case.from_dict(copy.deepcopy(document))
    refused(Case, document | {"kind": "actor"})
    refused(Case, document | {"license": "none"})


def refused(model: Any, spoilt: Any) -> None:
    try:
        model.from_dict(copy.deepcopy(spoilt))
    except (KeyError, ValueError, TypeError):
        return
    sys.exit(f"A spoilt {model.__name__} was taken for a good one.")


def tells_an_error(client: Any) -> None:
    module = importlib.import_module("casedb_client.api.cases.get_case")
    answer = module.sync_detailed("cctv-dan-jasa-internet-bandung-smart-cty", client=client)
    assert answer.status_code == 404, answer
    assert isinstance(answer.parsed, Problem)
    assert answer.parsed.did_you_mean == ["cctv-dan-jasa-internet-bandung-smart-city"]


if __name__ == "__main__":
    main(*sys.argv[1:])
