"""Answers in a shorter form for whoever takes one: brotli, or else gzip."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

import brotli
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

PACKED = "Accept-Encoding"
"""In `Vary` of every answer that may be packed, a 304 and one too short for it included."""
QUALITY = 5
"""Of brotli: takes the time of gzip, for answers a sixth to a half smaller."""
SHORT = 200
"""Bytes that are not worth packing."""
TAKES_BROTLI = re.compile(r"(^|,)\s*br\s*($|,|;(?!\s*q=0(\.0*)?\s*($|,)))")
GZIP = GZipMiddleware(lambda request: HttpResponse())


def packed(request: HttpRequest, response: Any) -> Any:
    """The response as the reader takes it. A strong ETag becomes weak: it vouches for the words, not their packing."""
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    if not accepted and response.get("Vary") == PACKED:
        return response
    patch_vary_headers(response, [PACKED])
    if not TAKES_BROTLI.search(accepted):
        return GZIP.process_response(request, response)
    if response.has_header("Content-Encoding"):
        return response
    if response.streaming:
        response.streaming_content = stream(response.streaming_content)
        del response.headers["Content-Length"]
    elif len(response.content) < SHORT:
        return response
    else:
        response.content = brotli.compress(response.content, quality=QUALITY)
        response.headers["Content-Length"] = str(len(response.content))
    response.headers["Content-Encoding"] = "br"
    tag = response.get("ETag", "")
    if tag.startswith('"'):
        response.headers["ETag"] = f"W/{tag}"
    return response


def stream(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The chunks as one brotli stream, passed on as it grows."""
    packer = brotli.Compressor(quality=QUALITY)
    for chunk in chunks:
        if piece := packer.process(chunk):
            yield piece
    yield packer.finish()


def packing(view: Callable[..., Any]) -> Callable[..., Any]:
    """Pack whatever the view answers."""

    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: Any) -> Any:
        return packed(request, view(request, **kwargs))

    return wrapped
