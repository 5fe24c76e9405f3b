"""Canonical JSON (RFC 8785): one document has one form, byte for byte."""

from typing import Any

import orjson
import rfc8785

Document = Any


def dumps(document: Document) -> str:
    return rfc8785.dumps(document).decode()


def loads(text: str) -> Document:
    document: Document = orjson.loads(text)
    return document
