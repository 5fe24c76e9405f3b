"""`manage.py assign_ids`: a random id as the first line of each dossier that has none, and not a byte more."""

import uuid
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from cases.dossiers.load import InvalidDossiersError, check, dossier_files
from tests.dossiers.samples import as_text, make_documents, make_dossiers

FORMS = [
    b"title: {id: A, en: B}\nactor_kind: company\n",
    b"# a comment\n\ntitle:\n  id: 'A'\n  en: \"B\"\nactor_kind: company",
    b"title: {id: A, en: B}\r\nactor_kind: company\r\n",
    "title: {id: Ä — 😀, en: B}\nactor_kind: company\n\n\n".encode(),
]


def assign(folder: Path) -> str:
    out = StringIO()
    call_command("assign_ids", folder, stdout=out)
    return out.getvalue()


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("content", FORMS)
def test_the_id_is_the_first_line_and_the_rest_stays_byte_for_byte(tmp_path, content):
    path = write(tmp_path, "actors/a", content)
    assert assign(tmp_path) == "actors/a.yaml\n"
    line, _end, rest = path.read_bytes().partition(b"\n")
    assert rest == content
    assert uuid.UUID(line.decode().removeprefix("id: ")).version == 4


def test_what_has_an_id_stays_and_a_second_run_does_nothing(tmp_path):
    given = write(tmp_path, "actors/a", b"title: {id: A, en: B}\nid: 6d1fd2a2-5f0c-4c35-9c0b-2f6f7c3b6f55\n")
    new = write(tmp_path, "cases/b", b"title: {id: A, en: B}\n")
    before = given.read_bytes()
    assert assign(tmp_path) == "cases/b.yaml\n"
    after = new.read_bytes()
    assert assign(tmp_path) == ""
    assert (given.read_bytes(), new.read_bytes()) == (before, after)


def test_no_two_get_the_same_and_none_follows_from_its_name(tmp_path):
    paths = [write(tmp_path / one, "actors/a", FORMS[0]) for one in ("x", "y")]
    for path in paths:
        assign(path.parents[1])
    assert len({path.read_bytes() for path in paths}) == 2


@pytest.mark.parametrize(
    "content", [b"a: [", b"caf\xe9: x\n", b"- a\n", b"---\ntitle: {id: A, en: B}\n", b"\xef\xbb\xbftitle: x\n"]
)
def test_what_cannot_take_the_line_is_told_and_left_as_it_is(tmp_path, content):
    path, other = write(tmp_path, "actors/a", content), write(tmp_path, "actors/b", FORMS[0])
    with pytest.raises(CommandError, match=r"actors/a\.yaml"):
        assign(tmp_path)
    assert path.read_bytes() == content
    assert other.read_bytes().startswith(b"id: "), "one that cannot be read does not keep the others from theirs"


def test_only_dossiers_are_written_to(tmp_path):
    stray = write(tmp_path, "coverage/a", b"- {from: 0, to: 1, why: theory}\n")
    assert assign(tmp_path) == ""
    assert stray.read_bytes().startswith(b"- {")
    with pytest.raises(CommandError, match="is not a folder"):
        assign(tmp_path / "none")


@pytest.mark.django_db
def test_a_dossier_without_an_id_is_refused_until_it_was_given_one(tmp_path):
    folder, documents = tmp_path / "fixtures", make_documents(tmp_path)
    for name, dossier in make_dossiers().items():
        write(folder, name, as_text({key: value for key, value in dossier.items() if key != "id"}).encode())
    with pytest.raises(InvalidDossiersError) as caught:
        check(dossier_files(folder), documents=documents)
    assert {fault.field for fault in caught.value.faults} == {"id"}
    assert "assign_ids" in str(caught.value)
    assign(folder)
    assert check(dossier_files(folder), documents=documents).bundles
