"""Where the words of closed lists stand in documents, and other words put in their place."""


def places_of_words(schema):
    """(place, words) of every closed list of a schema, where a place is the names of the fields that lead there."""

    def walk(part, place):
        part = part | schema["$defs"][part["$ref"].rsplit("/", 1)[1]] if "$ref" in part else part
        if "enum" in part:
            yield place, part["enum"]
        for choice in part.get("anyOf", []):
            yield from walk(choice, place)
        if "items" in part:
            yield from walk(part["items"], (*place, "*"))
        if isinstance(part.get("additionalProperties"), dict):
            yield from walk(part["additionalProperties"], (*place, "*"))
        for name, field in part.get("properties", {}).items():
            yield from walk(field, (*place, name))

    return dict(walk(schema, ()))


def replace_words(value, place, word):
    """How many words of a document at a place were replaced."""
    step, *rest = place
    keys = [step] if step != "*" else list(value if isinstance(value, dict) else range(len(value)))
    if isinstance(value, dict):
        keys = [key for key in keys if value.get(key) is not None]
    if not rest:
        for key in keys:
            value[key] = word
        return len(keys)
    return sum(replace_words(value[key], rest, word) for key in keys if isinstance(value[key], (dict, list)))
