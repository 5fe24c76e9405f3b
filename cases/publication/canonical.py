"""Canonical JSON (RFC 8785): one document has one form, byte for byte."""

import json
from typing import Any

import rfc8785

Document = dict[str, Any]


def dumps(document: Document) -> str:
    return rfc8785.dumps(document).decode()


def loads(text: str) -> Document:
    document: Document = json.loads(text)
    return document
