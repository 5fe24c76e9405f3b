"""Rules of fairness: a fault against each is found and located by publication, by seeding and by the audit."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from cases.dossiers import unknown_checks
from cases.dossiers.load import InvalidDossiersError, check, save
from cases.dossiers.seed import going_out, seed
from cases.models import Draft, PublicationRequest, Revision
from cases.publication import rules
from cases.publication.audit.verify import verify
from cases.publication.errors import NotPublishableError
from cases.publication.fairness import FAIRNESS_RULES
from cases.publication.publish import publish
from cases.publication.requests import submit, usual_act
from tests.dossiers.samples import Dossiers, as_files, make_documents, make_dossiers, make_folder
from tests.factories import PUBLISHED
from tests.publication.fairness_samples import CASE, COLLABORATION, FAIR, FAULTS, made, unknown

pytestmark = pytest.mark.django_db


def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it was before these rules were written."""
    monkeypatch.setattr(rules, "RULES", [])
    monkeypatch.setattr(unknown_checks, "fault_of_reason", lambda *given: "")


def name_of(item: str) -> str:
    """Return how reasons name what a dossier is of: `case/slug`."""
    folder, _slash, slug = item.partition("/")
    return f"{folder.removesuffix('s')}/{slug}"


def test_every_rule_has_a_fault_that_breaks_it():
    assert {fault.rule for fault in FAULTS.values()} == {rule.__name__ for rule in FAIRNESS_RULES}


@pytest.mark.parametrize("name", FAULTS)
def test_publication_refuses_it_and_says_where_it_is(tmp_path, curator, reviewer, monkeypatch, name):
    fault = FAULTS[name]
    items = loaded(made(fault.change), tmp_path, curator, monkeypatch)
    with pytest.raises(NotPublishableError) as refused:
        publish(going_out(items), by=curator, reviewer=reviewer, reason=PUBLISHED)
    found = [reason for reason in refused.value.reasons if fault.message in reason.message]
    assert {(reason.item, reason.where) for reason in found} == {(name_of(fault.item), fault.where)}
    assert not Revision.objects.exists()


def loaded(dossiers: Dossiers, folder: Path, user: User, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    with monkeypatch.context() as before:
        unchecked(before)
        batch = check(as_files(dossiers), documents=make_documents(folder))
    items = save(batch, by={"desk": user}, origin="import")
    Draft.objects.all().delete()
    return items


@pytest.mark.parametrize("name", ["a silence of a source that we hold in part", "an answer without its words"])
def test_the_desk_cannot_submit_it_to_a_second_person(tmp_path, curator, monkeypatch, name):
    fault = FAULTS[name]
    items = going_out(loaded(made(fault.change), tmp_path, curator, monkeypatch))
    with pytest.raises(NotPublishableError) as refused:
        submit(map(usual_act, items), by=curator, reason=PUBLISHED)
    assert [(reason.item, reason.where) for reason in refused.value.reasons] == [(name_of(fault.item), fault.where)]
    assert not PublicationRequest.objects.exists()


@pytest.mark.parametrize("name", FAULTS)
def test_seeding_refuses_it_and_loads_nothing(tmp_path, monkeypatch, name):
    fault = FAULTS[name]
    with monkeypatch.context() as before:
        unchecked(before)
        folder = make_folder(tmp_path, made(fault.change))
    with pytest.raises((NotPublishableError, InvalidDossiersError)) as refused:
        seed(folder)
    line = next(line for line in str(refused.value).splitlines() if fault.message in line)
    if fault.rule == "unknowns_say_what_we_can_know":
        assert line.startswith(f"{fault.item}.yaml · unknowns ")
        assert " · reason: " in line
    else:
        assert line.startswith(f"{name_of(fault.item)} · {fault.where}: ")
    assert not Draft.objects.exists()


@pytest.mark.parametrize("name", FAULTS)
def test_the_audit_finds_it_in_what_was_published_before(tmp_path, monkeypatch, name):
    fault = FAULTS[name]
    with monkeypatch.context() as before:
        unchecked(before)
        seed(make_folder(tmp_path, made(fault.change)))
    found = [line for line in verify() if fault.message in line]
    assert found
    assert all(line.startswith(f"{name_of(fault.item)}: {fault.where}: ") for line in found)


@pytest.mark.parametrize("name", FAIR)
def test_what_is_fair_is_published(tmp_path, name):
    seed(make_folder(tmp_path, made(FAIR[name])))
    assert list(verify()) == []


def test_a_slug_says_no_ones_legal_status(tmp_path):
    dossiers = make_dossiers()
    dossiers["cases/terdakwa-cctv"] = dossiers.pop(CASE)
    with pytest.raises(NotPublishableError, match="case/terdakwa-cctv · slug: A title names the matter"):
        seed(make_folder(tmp_path, dossiers))


class TestWhatALaterImportMaySay:
    """The works were loaded before; the dossier comes alone, as from the desk."""

    @pytest.mark.parametrize(("reason", "is_refused"), [("not_in_source", True), ("not_in_our_copy", False)])
    def test_a_silence_is_judged_by_the_works_as_they_are_held(self, tmp_path, curator, reason, is_refused):
        documents = make_documents(tmp_path)
        save(check(as_files(make_dossiers()), documents=documents), by={"desk": curator}, origin="import")
        dossiers = made(lambda d: unknown(d, claim="cash", property="election", reason=reason))
        alone = {f"{CASE}.yaml": as_files(dossiers)[f"{CASE}.yaml"]}
        if not is_refused:
            assert check(alone, documents=documents).bundles
            return
        with pytest.raises(InvalidDossiersError, match="“election” is “not_in_our_copy”") as refused:
            check(alone, documents=documents)
        assert [(fault.entry, fault.field) for fault in refused.value.faults] == [("unknowns 6", "reason")]

    def test_a_whole_copy_may_be_silent(self, tmp_path):
        dossiers = made(lambda d: unknown(d, COLLABORATION, property="cost"))
        del dossiers["sources/skripsi-contoh"]["captures"][0]["extent"]
        assert seed(make_folder(tmp_path, dossiers)).published
        assert list(verify()) == []
