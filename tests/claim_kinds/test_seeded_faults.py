"""A place that forgets a field or a kind is found by the tests of totality."""

import pytest

from cases.admin import claims, detail_inlines
from cases.dossiers import dump, rows
from tests.claim_kinds import test_totality

pytestmark = pytest.mark.django_db


def test_a_field_left_out_of_the_dump_is_found(world, monkeypatch):
    complete = dump._detail
    monkeypatch.setattr(dump, "_detail", lambda *given: dict(list(complete(*given).items())[:-1]))
    with pytest.raises(AssertionError):
        test_totality.test_a_dossier_holds_every_field_and_gives_it_back(world)


def test_a_kind_left_out_of_the_reader_of_dossiers_is_found(world, monkeypatch):
    others = {name: kind for name, kind in rows.DETAILED.items() if kind is not world.kind}
    monkeypatch.setattr(rows, "DETAILED", others)
    with pytest.raises(Exception, match="is not a field here"):
        test_totality.test_a_dossier_holds_every_field_and_gives_it_back(world)


def test_a_kind_left_out_of_the_desk_is_found(world, monkeypatch):
    for inlines in (claims.OPEN_INLINES, detail_inlines.COLLAPSED_INLINES):
        monkeypatch.delitem(inlines, world.kind.name)
    with pytest.raises(AssertionError):
        test_totality.test_the_desk_has_an_input_for_every_field(world)


def test_a_column_left_out_of_a_form_of_the_desk_is_found(world, monkeypatch):
    inline = claims.OPEN_INLINES[world.kind.name]
    *rows, last = inline.fields
    monkeypatch.setattr(inline, "fields", [row for row in (*rows, last[:-1]) if row])
    with pytest.raises(AssertionError):
        test_totality.test_the_desk_has_an_input_for_every_field(world)
