"""Publishing takes two people: a set is submitted whole, read by somebody else, and published or returned."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from cases.models import Case, PublicationRequest, Record, Revision
from cases.publication.audit.verify import verify
from cases.publication.ledger import current_document
from cases.publication.publish import publish
from cases.publication.requests import submit, usual_act
from tests.admin.conftest import at_the_desk
from tests.admin.pages import save, words
from tests.factories import both, everything_named_by, make_actor, make_case, make_claim, make_excerpt

pytestmark = pytest.mark.django_db

SUBMIT = "/admin/cases/publicationrequest/add/"


def said(reason: str) -> dict[str, str]:
    """A public reason as the page sends it, the same in both languages."""
    return {"reason_id": reason, "reason_en": reason}


def members(*items: Any, act: str = "publish", reason: str = "", **fields: Any) -> dict[str, Any]:
    """What the page of a set sends."""
    data: dict[str, Any] = {"members-TOTAL_FORMS": len(items), "members-INITIAL_FORMS": len(items)} | said(reason)
    for number, item in enumerate(items):
        kind = getattr(item, "KIND", "source")
        data |= {f"members-{number}-item": f"{kind}:{item.pk}", f"members-{number}-action": act}
    return data | fields


def members_on(response: Any) -> dict[str, Any]:
    """The same, read from a page that shows a set."""
    html = response.content.decode()
    found = re.findall(r'name="(members-\d+-item)"[^>]*value="([^"]+)"', html)
    found += [(n, v) for v, n in re.findall(r'value="([^"]+)"[^>]*name="(members-\d+-item)"', html)]
    data: dict[str, Any] = dict(found)
    data |= {name.replace("-item", "-action"): "publish" for name in data}
    total = len(found)
    return data | {"members-TOTAL_FORMS": total, "members-INITIAL_FORMS": total}


def submitted(case: Case, curator: User) -> PublicationRequest:
    return submit(map(usual_act, everything_named_by(case)), by=curator, reason=both("Terbit pertama"))


def seen_on(client: Client, held: PublicationRequest) -> str:
    html = client.get(request_url(held)).content.decode()
    found = re.search(r'name="seen" value="([0-9a-f]+)"', html)
    assert found
    return found.group(1)


def request_url(held: PublicationRequest) -> str:
    return reverse("admin:cases_publicationrequest_change", args=[held.pk])


def decide(client: Client, held: PublicationRequest, **fields: Any) -> Any:
    url = reverse("admin:cases_publicationrequest_decide", args=[held.pk])
    return client.post(url, fields, follow=True)


def test_two_people_publish_a_case_from_its_page_to_the_record(desk, review, curator, reviewer):
    case = make_case("CCTV Kota Contoh")
    page = desk.get(reverse("admin:cases_case_change", args=[case.pk])).content.decode()
    address = re.search(r'href="([^"]*publicationrequest/add/[?][^"]*)"', page).group(1).replace("&amp;", "&")
    first = desk.get(address)
    assert "must go out with it" in words(first)
    assert "Skripsi" in words(first)
    whole = desk.post(SUBMIT, members_on(first) | {"complete": "yes"} | said("Terbit pertama"))
    assert "must go out with it" not in words(whole)
    done = desk.post(SUBMIT, members_on(whole) | {"submit": "yes"} | said("Terbit pertama"), follow=True)
    assert "Somebody else publishes it" in words(done)
    held = PublicationRequest.objects.get()
    assert held.by == curator
    assert held.items.count() == 2
    page = words(review.get(request_url(held)))
    assert "+ kind: case" in page
    assert "Terbit pertama" in page
    assert "2 documents were published" in words(decide(review, held, publish="yes", seen=seen_on(review, held)))
    held.refresh_from_db()
    assert (held.state, held.decided_by) == ("published", reviewer)
    revision = Revision.objects.get(object_id=case.pk)
    assert (revision.publication.by, revision.publication.reviewer) == (curator, reviewer)
    assert list(verify()) == []


def test_the_reviewer_reads_what_readers_would_see_change(desk, review, curator, reviewer):
    case = make_case("Judul Lama")
    publish(everything_named_by(case), by=curator, reviewer=reviewer, reason=both("Terbit"))
    save(desk, reverse("admin:cases_case_change", args=[case.pk]), "case_form", title_id="Judul Baru")
    held = submit([usual_act(Case.objects.get())], by=curator, reason=both("Judul diperbaiki"))
    html = review.get(request_url(held)).content.decode()
    assert "<ins>+   id: Judul Baru</ins>" in html
    assert "<del>−   id: Judul Lama</del>" in html
    assert html.count("<ins>") == html.count("<del>") == 1, "and nothing else"
    assert str(case.pk) not in re.sub(r'="[^"]*"', "", html), "ids are for programs"


def test_the_submitter_cannot_decide(curator, reviewer):
    curator.groups.set(reviewer.groups.all())
    desk, held = at_the_desk(curator), submitted(make_case(), curator)
    assert 'name="publish"' not in desk.get(request_url(held)).content.decode()
    assert decide(desk, held, publish="yes", seen="x").status_code == 403
    assert not Revision.objects.exists()


def test_the_submitter_may_take_it_back(desk, curator):
    held = submitted(make_case(), curator)
    decide(desk, held, **{"return": "yes"})
    held.refresh_from_db()
    assert (held.state, held.decided_by) == ("returned", curator)


def test_a_curator_who_is_no_reviewer_cannot_decide(curator, reviewer):
    other = User.objects.create_user("another-curator", is_staff=True)
    other.groups.set(curator.groups.all())
    held = submitted(make_case(), curator)
    client = at_the_desk(other)
    assert 'name="publish"' not in client.get(request_url(held)).content.decode()
    for act in ("publish", "return"):
        assert decide(client, held, **{act: "yes", "answer": "Tidak", "seen": "x"}).status_code == 403


def test_staff_without_permission_can_neither_submit_nor_look(curator):
    held = submitted(make_case(), curator)
    client = at_the_desk(User.objects.create_user("new-here", is_staff=True))
    assert client.get(SUBMIT).status_code == 403
    assert client.post(SUBMIT, members(make_actor(), submit="yes", reason="Baru")).status_code == 403
    assert client.get(request_url(held)).status_code == 403
    assert decide(client, held, publish="yes").status_code == 403
    assert PublicationRequest.objects.count() == 1


def test_a_decision_needs_a_token_of_this_site(reviewer, curator):
    held = submitted(make_case(), curator)
    client = Client(enforce_csrf_checks=True)
    client.force_login(reviewer)
    assert decide(client, held, publish="yes").status_code == 403
    assert client.get(reverse("admin:cases_publicationrequest_decide", args=[held.pk])).status_code == 302
    assert not Revision.objects.exists()


def test_a_request_is_returned_with_an_answer(review, curator, reviewer):
    held = submitted(make_case(), curator)
    assert "Say what is to be changed" in words(decide(review, held, **{"return": "yes", "answer": " "}))
    decide(review, held, **{"return": "yes", "answer": "Halaman kurang."})
    held.refresh_from_db()
    assert (held.state, held.answer, held.decided_by) == ("returned", "Halaman kurang.", reviewer)
    assert "decided already" in words(decide(review, held, publish="yes", seen="x"))


def test_what_changed_after_the_reviewer_looked_is_not_published(desk, review, curator):
    case = make_case()
    held = submitted(case, curator)
    seen = seen_on(review, held)
    save(desk, reverse("admin:cases_case_change", args=[case.pk]), "case_form", title_id="Diam-diam diubah")
    page = words(decide(review, held, publish="yes", seen=seen))
    assert "changed after you opened this page" in page
    assert not Revision.objects.exists()
    decide(review, held, publish="yes", seen=seen_on(review, held))
    assert Revision.objects.exists()


def test_a_reviewer_who_changed_a_member_is_told_so_and_nothing_is_lost(review, curator):
    case = make_case()
    save(review, reverse("admin:cases_case_change", args=[case.pk]), "case_form", title_id="Judul peninjau")
    held = submitted(case, curator)
    response = decide(review, held, publish="yes", seen=seen_on(review, held), answer="Sudah saya baca")
    assert "The reviewer has changed" in words(response)
    assert "Sudah saya baca" in words(response)
    assert not Revision.objects.exists()


def test_every_reason_is_shown_at_once_with_a_link_to_mend_it(desk):
    case = make_case("Tersangka CCTV")
    case.claims.update(lead=None, stale_language="en")
    case.claims.get().citations.all().delete()
    response = desk.post(SUBMIT, members(case, submit="yes", reason="  "))
    page, html = words(response), response.content.decode()
    for reason in (
        "Say why, for readers",
        "lead is required",
        "excerpt that supports",
        "not yet checked",
        "legal status",
    ):
        assert reason in page
    assert "second person must review" not in page, "that comes afterwards"
    assert reverse("admin:cases_claim_change", args=[case.claims.get().pk]) in html
    assert reverse("admin:cases_case_change", args=[case.pk]) in html
    assert not PublicationRequest.objects.exists()


def test_a_refused_set_keeps_its_reason_and_its_acts(desk, curator, reviewer):
    case = make_case()
    publish(everything_named_by(case), by=curator, reviewer=reviewer, reason=both("Terbit"))
    html = desk.post(SUBMIT, members(case, act="withdraw", submit="yes", reason="Keliru sekali")).content.decode()
    assert "Keliru sekali</textarea>" in html
    assert '<option value="withdraw" selected>' in html
    assert "A withdrawal needs a reason from the list" in html


def test_a_member_is_added_and_left_out(desk):
    case, actor = make_case(), make_actor("PT Tambahan")
    page = words(desk.post(SUBMIT, members(case, subject=actor.pk, check="yes", reason="Terbit")))
    assert "PT Tambahan" in page
    data = members(case, actor, check="yes", reason="Terbit", **{"members-1-DELETE": "on"})
    assert "PT Tambahan" not in words(desk.post(SUBMIT, data))


def test_everything_that_is_missing_is_added_in_one_click_with_what_that_names_in_turn(desk):
    case, actor = make_case(), make_actor("PT Disebut")
    make_claim(case, parties=[("partner", actor)])
    make_claim(actor, parties=[("partner", make_actor("PT Lebih Jauh"))])
    page = words(desk.get(f"{SUBMIT}?item=case:{case.pk}"))
    assert "PT Disebut" in page
    assert "PT Lebih Jauh" in page
    response = desk.post(SUBMIT, members(case, complete="yes", reason="Terbit"))
    assert len(members_on(response)) // 2 - 1 == len(everything_named_by(case))


def test_what_waits_already_is_not_submitted_twice(desk, curator):
    case = make_case()
    held = submitted(case, curator)
    page = words(desk.post(SUBMIT, members(*everything_named_by(case), submit="yes", reason="Lagi")))
    assert "waiting in another request already" in page
    assert PublicationRequest.objects.get() == held
    html = desk.get(reverse("admin:cases_case_change", args=[case.pk])).content.decode()
    assert request_url(held) in html
    assert "Submit for publication" not in html


def test_a_public_case_is_withdrawn_and_reinstated_by_two_people(desk, review, curator, reviewer):
    case = make_case()
    publish(everything_named_by(case), by=curator, reviewer=reviewer, reason=both("Terbit"))
    change = reverse("admin:cases_case_change", args=[case.pk])
    assert "Submit for withdrawal" in words(desk.get(change))
    data = members(case, act="withdraw", submit="yes", reason="Keliru", **{"members-0-reason_code": "error"})
    desk.post(SUBMIT, data)
    held = PublicationRequest.objects.get(state="open")
    decide(review, held, publish="yes", seen=seen_on(review, held))
    assert not Record.objects.current().filter(object_id=case.pk).exists()
    page = words(desk.get(change))
    assert "Withdrawn" in page
    assert "Submit for reinstatement" in page
    desk.post(SUBMIT, members(case, act="reinstate", submit="yes", reason="Ternyata benar"))
    held = PublicationRequest.objects.get(state="open")
    decide(review, held, publish="yes", seen=seen_on(review, held))
    assert Record.objects.current().get(object_id=case.pk).version == 3


def test_a_subject_becomes_part_of_another_by_two_people_who_see_what_will_name_it(desk, review, curator, reviewer):
    case, old, new = make_case(), make_actor("PT Lama", slug="pt-lama"), make_actor("PT Baru", slug="pt-baru")
    make_claim(case, parties=[("partner", old)])
    publish([*everything_named_by(case), new], by=curator, reviewer=reviewer, reason=both("Terbit"))
    change = reverse("admin:cases_actor_change", args=[old.pk])
    assert "Submit for merging" in words(desk.get(change))
    asked = desk.get(f"{SUBMIT}?item=actor:{old.pk}&act=merge")
    assert "members-0-into" in asked.content.decode()
    assert "merged into another subject of its kind" in words(asked)
    data = members(old, act="merge", submit="yes", reason="Satu badan")
    assert "merged into another subject of its kind" in words(desk.post(SUBMIT, data))
    desk.post(SUBMIT, data | {"members-0-into": new.pk})
    held = PublicationRequest.objects.get(state="open")
    page = words(review.get(request_url(held)))
    assert "PT Lama: make part of another: PT Baru" in page
    assert f"will name PT Baru instead: {case.title_en}" in page
    decide(review, held, publish="yes", seen=seen_on(review, held))
    assert not Record.objects.current().filter(object_id=old.pk).exists()
    assert "PT Lama" not in current_text(case)
    page = words(desk.get(change))
    assert "Part of PT Baru since" in page
    desk.post(SUBMIT, members(old, act="reinstate", submit="yes", reason="Ternyata dua"))
    held = PublicationRequest.objects.get(state="open")
    decide(review, held, publish="yes", seen=seen_on(review, held))
    assert Record.objects.current().filter(object_id=old.pk).exists()
    assert list(verify()) == []


def test_a_public_reason_is_asked_for_and_shown_in_both_languages(desk, review, curator):
    case = make_case()
    data = members(*everything_named_by(case), submit="yes", reason_id="Terbit perdana", reason_en=" ")
    assert "Say why, for readers, in Indonesian and in English." in words(desk.post(SUBMIT, data))
    desk.post(SUBMIT, data | {"reason_en": "First publication"})
    held = PublicationRequest.objects.get()
    page = words(review.get(request_url(held)))
    assert "Terbit perdana" in page
    assert "First publication" in page
    page = words(desk.get(reverse("admin:cases_case_change", args=[case.pk])))
    assert "it waits for a second person: First publication" in page
    assert "LanguageMap" not in page


def test_a_survivor_that_no_merge_needs_is_not_kept(desk):
    case, other = make_case(), make_actor("PT Lain")
    data = members(*everything_named_by(case), submit="yes", reason="Terbit", **{"members-0-into": other.pk})
    desk.post(SUBMIT, data)
    assert [row.into for row in PublicationRequest.objects.get().items.all() if row.into] == []


def test_the_page_of_a_set_asks_for_no_survivor_where_nothing_merges(desk):
    assert "Becomes part of" not in words(desk.get(f"{SUBMIT}?item=case:{make_case().pk}"))


def current_text(case: Case) -> str:
    return str(current_document(case.pk))


def test_the_state_of_a_case_is_said_in_its_list_and_on_its_page(desk, review, curator, reviewer):
    case = make_case()
    listing, change = reverse("admin:cases_case_changelist"), reverse("admin:cases_case_change", args=[case.pk])
    assert "draft" in words(desk.get(listing))
    assert "readers see nothing of it yet" in words(desk.get(change))
    publish(everything_named_by(case), by=curator, reviewer=reviewer, reason=both("Terbit"))
    assert "public, version 1" in words(desk.get(listing))
    assert "Readers see what is written here" in words(desk.get(change))
    save(desk, change, "case_form", title_id="Judul Lain")
    assert "public, version 1 · edited since" in words(desk.get(listing))
    assert "differs from what readers see" in words(desk.get(change))
    submit([usual_act(Case.objects.get())], by=curator, reason=both("Judul"))
    assert "· submitted" in words(desk.get(listing))
    assert "1 case " in words(desk.get(f"{listing}?state=edited"))
    assert "0 cases" in words(desk.get(f"{listing}?state=withdrawn"))


def test_a_correction_that_only_followed_a_title_does_not_hide_unpublished_work(desk, curator, reviewer):
    case, actor = make_case(), make_actor("PT Lama")
    make_claim(case, parties=[("partner", actor)])
    publish(everything_named_by(case), by=curator, reviewer=reviewer, reason=both("Terbit"))
    change = reverse("admin:cases_case_change", args=[case.pk])
    save(desk, change, "case_form", title_id="Belum terbit")
    actor.title_id = "PT Baru"
    actor.save()
    publish([actor], by=curator, reviewer=reviewer, reason=both("Nama"))
    assert Revision.objects.filter(object_id=case.pk).count() == 2
    assert "edited since" in words(desk.get(reverse("admin:cases_case_changelist")))


def test_a_bad_address_of_a_set_is_refused(desk):
    assert desk.get(f"{SUBMIT}?item=case:0").status_code == 404
    assert desk.get(f"{SUBMIT}?item=case:{make_case().pk}&act=erase").status_code == 400


@pytest.mark.parametrize("item", ["", "case:0", "ca\0se:0", "draft:1"])
def test_a_tampered_set_is_refused_and_not_an_error(desk, item):
    data = {"members-TOTAL_FORMS": 1, "members-INITIAL_FORMS": 0, "members-0-item": item, "members-0-action": "publish"}
    assert desk.post(SUBMIT, data | {"submit": "yes"} | said("Terbit")).status_code == 200
    assert desk.post(SUBMIT, {"submit": "yes"} | said("Terbit")).status_code == 200
    assert not PublicationRequest.objects.exists()


def test_an_answer_is_text(review, curator):
    held = submitted(make_case(), curator)
    assert "U+0000 NUL" in words(decide(review, held, **{"return": "yes", "answer": "a\0b"}))


def test_what_would_be_published_can_be_previewed(desk, review, curator):
    case = make_case("CCTV Pratinjau")
    make_claim(case, make_excerpt("Calon patron menerima", case.claims.get().citations.get().excerpt.capture))
    assert "CCTV Pratinjau" in words(desk.get(reverse("admin:cases_case_preview", args=[case.pk])))
    held = submitted(case, curator)
    url = reverse("admin:cases_publicationrequest_preview", args=[held.pk, f"case:{case.pk}"])
    assert "Calon patron menerima" in words(review.get(url))
