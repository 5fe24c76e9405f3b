"""Answers are packed as their reader takes them, and stay the same words."""

import gzip

import brotli
import pytest

pytestmark = pytest.mark.django_db
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
BROWSER = "gzip, deflate, br, zstd"
ACCEPTED = {
    BROWSER: "br",
    "br": "br",
    "BR": None,  # RFC 9110 lets codings be in any case, but nobody writes it: plain is never wrong
    "gzip": "gzip",
    "gzip, br;q=0.5": "br",
    "gzip, br;q=0": "gzip",
    "br; q=0.000": None,
    "brotli, x-br": None,
    "identity": None,
    "": None,
}
ADDRESSES = ["/api/v1/cases/cctv-kota-contoh/", "/api/v1/claims/", "/en/cases/cctv-kota-contoh/"]


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_reader_chooses_the_packing_and_gets_the_same_words(api, world, address):
    plain = api.get(address)
    for accepted, coding in ACCEPTED.items():
        packed = api.get(address, headers={"Accept-Encoding": accepted})
        assert packed.get("Content-Encoding") == coding, accepted
        assert UNPACK[coding](packed.content) == plain.content
        assert int(packed["Content-Length"]) == len(packed.content)
        assert "Accept-Encoding" in packed["Vary"]
        assert coding is None or len(packed.content) < len(plain.content) / 2


@pytest.mark.parametrize("file", ["documents.ndjson", "claims.csv", "entities.ftm.json", "record.sqlite"])
def test_a_file_is_packed_as_it_grows(api, world, file):
    plain = body(api.read(f"export/{file}"))
    packed = api.read(f"export/{file}", headers={"Accept-Encoding": BROWSER})
    assert (packed["Content-Encoding"], "Content-Length" in packed) == ("br", False)
    unpacked = brotli.decompress(body(packed))
    assert unpacked == plain or unpacked[:15] == plain[:15] == b"SQLite format 3", "which is made anew for each"


def test_what_is_short_is_not_packed(api, world):
    for accepted in (BROWSER, "gzip", ""):
        refused = api.read("cases/nobody/", headers={"Accept-Encoding": accepted})
        assert refused.status_code == 404
        assert len(refused.content) < 200
        assert ("Content-Encoding" in refused, refused["Vary"]) == (False, "Accept-Encoding")
