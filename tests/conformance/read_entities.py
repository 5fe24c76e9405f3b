"""The library of FollowTheMoney reads every entity and writes it again without loss.

Its own `validate` passes bad data and drops bad values silently, so what it read is compared with what it was given.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable
from typing import Any

from followthemoney import model

Entity = dict[str, Any]

BROKEN: dict[str, Entity] = {
    "an unknown schema": {"schema": "Bribery"},
    "an unknown property": {"properties": {"guilty": ["yes"]}},
    "a date that is none": {"properties": {"startDate": ["2022-13-45"]}},
    "an id that is none": {"properties": {"subject": ["Not an id!"]}},
}


def faults(entities: Iterable[Entity]) -> list[str]:
    found, ids, pointed = [], set(), set()
    for entity in entities:
        try:
            proxy = model.get_proxy(entity)
            proxy.schema.validate(entity)
        except Exception as error:
            found.append(f"{entity['id']}: {error}")
            continue
        back = proxy.to_dict()["properties"]
        for name, values in entity["properties"].items():
            if sorted(back.get(name, [])) != sorted(set(values)):
                found.append(f"{entity['id']}: {name} is {values}, read as {back.get(name)}")
            if name in proxy.schema.properties and proxy.schema.properties[name].type.name == "entity":
                pointed |= set(values)
        for name in proxy.schema.required:
            if not back.get(name):
                found.append(f"{entity['id']}: {name} is missing")
        ids.add(entity["id"])
    return found + [f"{missing} is pointed to and not there" for missing in sorted(pointed - ids)]


def main(path: str) -> None:
    with open(path, encoding="utf-8") as text:
        entities = [json.loads(line) for line in text]
    if found := faults(entities):
        sys.exit("\n".join(found[:20]))
    print(f"  FollowTheMoney reads {len(entities)} entities: {dict(Counter(e['schema'] for e in entities))}")
    whole = next(entity for entity in entities if entity["schema"] == "UnknownLink")
    for name, broken in BROKEN.items():
        spoilt = whole | broken | {"properties": whole["properties"] | broken.get("properties", {})}
        if not faults([*(e for e in entities if e is not whole), spoilt]):
            sys.exit(f"{name} was not refused")
        print(f"  FollowTheMoney refuses {name}")


if __name__ == "__main__":
    main(sys.argv[1])
