"""The least that a server can do: one query, the stored bytes, no framework. What our API is measured against."""

import os
import threading
from collections.abc import Callable, Iterable
from typing import Any

import psycopg

LIST = """SELECT b.document FROM cases_record r JOIN cases_revisionbody b ON b.revision_id = r.since_seq
WHERE r.kind = 'case' AND r.until_seq IS NULL ORDER BY r.sort_key, r.object_id LIMIT 50"""
DETAIL = """SELECT b.document FROM cases_record r JOIN cases_revisionbody b ON b.revision_id = r.since_seq
WHERE r.kind = 'case' AND r.slug = %s AND r.until_seq IS NULL"""
held = threading.local()


def texts(query: str, given: list[str]) -> list[str]:
    if not hasattr(held, "connection"):
        held.connection = psycopg.connect(os.environ["CASEDB_DATABASE_URL"], autocommit=True)
    return [text for (text,) in held.connection.execute(query, given)]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """`/list` and `/detail/<slug>`."""
    _slash, what, *slug = environ["PATH_INFO"].split("/")
    if what == "list":
        body = f'{{"results":[{",".join(texts(LIST, []))}]}}'.encode()
    else:
        body = texts(DETAIL, slug)[0].encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
