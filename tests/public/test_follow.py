"""Following by e-mail: asked for, confirmed, told what changed, ended, erased; and nobody learns who follows what."""

import re
from datetime import timedelta
from email import message_from_string
from io import StringIO
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from cases.models import Subscription, SubscriptionToken
from cases.public.follow.subscribing import MAX_ASKED_IN_A_DAY
from cases.public.follow.views import FOLLOW_LIMIT
from cases.publication import hooks
from cases.publication.acts import withdraw
from cases.publication.publish import publish
from tests.factories import both, make_actor, make_case, make_claim, make_place
from tests.public.conftest import read, text_of

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
CASE = "/cases/perkara/"


class RefusesOne(EmailBackend):
    """A mail server that takes mails to everyone but one."""

    def send_messages(self, messages):
        if any("tolak@contoh.id" in each.to for each in messages):
            raise OSError("tolak@contoh.id is refused")
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet():
    cache.clear()


@pytest.fixture
def case(published):
    case = make_case("Perkara", slug="perkara", topics=["smart-city"])
    case.places.set([make_place("Kota", slug="kota")])
    published(case)
    hooks.run_after_commit()
    return case


def ask(client, of=CASE, address="pembaca@contoh.id", prefix="/en", **more):
    return client.post(f"{prefix}/follow/", {"of": of, "address": address, "website": ""} | more, content_type=FORM)


@pytest.fixture
def client(client):
    """A client whose forms are sent as a browser sends ours."""
    post = client.post

    def sent(path, data=None, content_type=FORM, **more):
        return post(path, urlencode(data or {}) if isinstance(data, dict) else data or "", content_type, **more)

    client.post = sent
    return client


def link(kind: str, text: str) -> str:
    return re.search(rf"http://127\.0\.0\.1:8000(/(?:en/)?follow/{kind}/[\w-]{{43}}/)", text)[1]


def follow(client, of=CASE, **more) -> str:
    """Ask and confirm; return the text of the mail that asked."""
    assert ask(client, of, **more).status_code == 303
    text = mail.outbox.pop().body
    assert client.post(link("confirm", text)).status_code == 200
    return text


def change(case, published, statement="The new sentence.", **reason):
    claim = case.claims.first()
    claim.statement_id, claim.statement_en = "Kalimat baru.", statement
    claim.save()
    published(case, reason=both("Diperbaiki"))
    hooks.run_after_commit()


def send() -> str:
    out = StringIO()
    call_command("send_digests", stdout=out, stderr=out)
    return out.getvalue()


def test_the_whole_life_of_a_subscription(client, case, published):
    answer = ask(client)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/follow/asked/")
    asked = mail.outbox.pop()
    assert asked.to == ["pembaca@contoh.id"]
    subscription = Subscription.objects.get()
    assert (subscription.path, subscription.language, subscription.confirmed_at) == (CASE, "en", None)
    opened = client.get(link("confirm", asked.body))  # as the scanner of a mail server does
    assert "Yes, write to me" in opened.content.decode()
    change(case, published, "A sentence before the confirmation.")
    send()
    assert not mail.outbox
    assert Subscription.objects.get().confirmed_at is None
    assert "You follow this now" in client.post(link("confirm", asked.body)).content.decode()
    send()
    assert not mail.outbox  # what came before is no news
    change(case, published)
    assert "Sent 1 digests" in send()
    digest = mail.outbox.pop()
    assert "According to A. Penulis: The new sentence (source says)" in digest.body
    assert digest.body.index("The new sentence") < digest.body.index("Corrected: Perkara")
    assert "The new sentence" in digest.alternatives[0][0]
    assert "A sentence before" in digest.body  # it named nobody
    assert digest.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert digest.extra_headers["List-Unsubscribe"].endswith(f"{link('end', digest.body)}>")
    assert "Sent 0 digests" in send()
    change(case, published, "Another sentence.")
    assert "Sent 0 digests" in send()  # one a day
    ending = link("end", digest.body)
    assert "End them and erase my address" in read(client, ending)
    assert Subscription.objects.exists()
    assert "We erased your address" in client.post(ending).content.decode()
    assert not Subscription.objects.exists()
    assert not SubscriptionToken.objects.exists()
    assert client.post(ending).status_code == 200
    read(client, ending, 404)
    read(client, link("confirm", asked.body), 404)


def test_the_next_day_brings_the_next_digest_and_the_links_of_older_mails_still_end_it(
    client, case, published, time_machine
):
    follow(client)
    change(case, published)
    send()
    first = mail.outbox.pop()
    change(case, published, "Another sentence.")
    time_machine.move_to(timezone.now() + timedelta(days=1))
    send()
    assert "Another sentence" in mail.outbox.pop().body
    time_machine.move_to(timezone.now() + timedelta(days=1))
    assert "Sent 0 digests" in send()
    client.post(link("end", first.body))
    assert not Subscription.objects.exists()


def test_a_mail_program_ends_it_with_one_post_and_no_cookie(client, case):
    text = follow(client)
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(link("end", text), {"List-Unsubscribe": "One-Click"})  # multipart, as RFC 8058 allows
    assert (answer.status_code, Subscription.objects.count()) == (200, 0)


def test_mails_are_in_the_language_of_the_page_on_which_they_were_asked_for(client, case, published):
    follow(client, prefix="")
    change(case, published)
    send()
    assert "Kalimat baru" in mail.outbox[0].body
    assert "/en/" not in mail.outbox[0].body


@pytest.mark.parametrize("of", ["/places/kota/", "/topics/smart-city/", "/search/?q=perkara", "/en/search/?place=kota"])
def test_places_topics_and_searches_are_followed_by_what_changes_in_them(client, case, published, of):
    follow(client, of)
    published(make_case("Lain", slug="lain"))
    hooks.run_after_commit()
    assert "Sent 0 digests" in send()
    change(case, published)
    assert "Sent 1 digests" in send()
    assert "The new sentence" in mail.outbox[0].body


def test_a_claim_is_followed_by_its_subject(client, case):
    follow(client, f"/claims/{case.claims.first().id}/")
    assert Subscription.objects.get().path == CASE


def test_a_withdrawal_is_told_with_its_reason_and_repeats_nothing(client, case, curator, reviewer):
    follow(client)
    publish([withdraw(case, "error")], by=curator, reviewer=reviewer, reason=both("Keliru"))
    send()
    body = mail.outbox[0].body
    assert "Withdrawn: Perkara" in body
    assert "Why: Keliru" in body
    assert "Statement" not in body


def test_no_mail_says_the_name_of_a_person_without_a_sentence(client, published, curator, reviewer):
    budi = make_actor("Budi", slug="budi", actor_kind="person")
    case = make_case("Perkara", slug="perkara")
    make_claim(case, None, [("named", budi)], statement_id="Kata tentang Budi.", statement_en="A word about Budi.")
    published(case)
    asked = follow(client, "/actors/budi/")
    assert "Budi" not in asked
    budi.title_id = budi.title_en = "Budi Baru"
    budi.save()
    publish([budi], by=curator, reviewer=reviewer, reason=both("Nama diperbaiki"))
    send()
    assert "Corrected: person" in mail.outbox[0].body
    assert "Budi" not in mail.outbox[0].body + mail.outbox[0].subject


def test_the_answer_is_the_same_whether_or_not_an_address_follows(client, case):
    first = ask(client)
    client.post(link("confirm", mail.outbox[0].body))
    again = ask(client)
    assert (first.status_code, first.headers["Location"]) == (again.status_code, again.headers["Location"])
    assert mail.outbox[0].subject == mail.outbox[1].subject
    assert Subscription.objects.count() == 1


def test_nobodys_mailbox_is_filled(client, case):
    for _each in range(MAX_ASKED_IN_A_DAY + 1):
        assert ask(client).status_code == 303
    assert len(mail.outbox) == MAX_ASKED_IN_A_DAY


def test_many_addresses_from_one_client_are_told_when_to_try_again(client, case):
    for each in range(FOLLOW_LIMIT.capacity):
        assert ask(client, address=f"a{each}@contoh.id").status_code == 303
    answer = ask(client, address="sekali-lagi@contoh.id")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "Too many requests" in answer.content.decode()
    assert len(mail.outbox) == FOLLOW_LIMIT.capacity


@pytest.mark.parametrize(
    "address",
    [
        "",
        "bukan alamat",
        "a@contoh.id\r\nBcc: b@contoh.id",
        "a@contoh.id\nSubject: x",
        "a@contoh.id, b@contoh.id",
        "<a@contoh.id>",
        "a\x00@contoh.id",
        "x" * 10_000 + "@contoh.id",
        "a@" + "x" * 10_000,
        "a@\u2028contoh.id",
        "pémbaca@contoh.id",
    ],
)
def test_what_is_no_address_gets_no_mail_and_is_told_at_its_field(client, case, address):
    answer = ask(client, address=address)
    assert answer.status_code == 422
    assert 'id="address-error"' in answer.content.decode()
    assert (mail.outbox, Subscription.objects.count()) == ([], 0)


def test_a_domain_in_other_letters_is_stored_as_mail_servers_write_it(client, case):
    ask(client, address="Pembaca@Bücher.example")
    assert Subscription.objects.get().address == "pembaca@xn--bcher-kva.example"
    assert message_from_string(mail.outbox[0].message().as_string())["To"] == "pembaca@xn--bcher-kva.example"


@pytest.mark.parametrize(
    "of",
    [
        "/cases/tidak-ada/",
        "/admin/",
        "//evil.example/",
        "https://evil.example/cases/perkara/",
        "/search/",
        "/search/?q=*",
        "/search/?nonsense=1",
        "/search/?place=tidak-ada",
        "/search/?q=" + "x" * 2000,
        "/cases/",
        "/claims/x/",
        "/topics/tidak-ada/",
        "/cases/perkara\n/",
        "\x00",
    ],
)
def test_only_what_is_public_can_be_followed(client, case, of):
    assert client.get("/en/follow/", {"of": of}).status_code == 400
    assert ask(client, of).status_code == 400
    assert not Subscription.objects.exists()


def test_a_program_that_fills_in_everything_is_refused(client, case):
    assert ask(client, website="https://spam.example").status_code == 422
    assert not Subscription.objects.exists()


def test_the_words_of_a_search_are_in_no_mail_that_asks(client, case):
    ask(client, "/search/?q=beli+murah+evil.example")
    assert "evil" not in mail.outbox[0].body + mail.outbox[0].alternatives[0][0]


def test_a_failure_of_one_mail_stops_no_other_and_is_told_without_the_address(client, case, published, settings):
    follow(client, address="tolak@contoh.id")
    follow(client, address="terima@contoh.id")
    change(case, published)
    settings.EMAIL_BACKEND = "tests.public.test_follow.RefusesOne"
    out = StringIO()
    with pytest.raises(CommandError, match="1 digests could not be sent"):
        call_command("send_digests", stdout=out, stderr=out)
    assert "OSError" in out.getvalue()
    assert "contoh.id" not in out.getvalue()
    assert [each.to for each in mail.outbox] == [["terima@contoh.id"]]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert "Sent 1 digests" in send()
    assert mail.outbox[-1].to == ["tolak@contoh.id"]


def test_where_the_mail_server_refuses_nothing_is_kept_and_the_reader_is_told(client, case, settings):
    settings.EMAIL_BACKEND = "tests.public.test_follow.RefusesOne"
    answer = ask(client, address="tolak@contoh.id")
    assert answer.status_code == 503
    assert "could not be sent just now" in answer.content.decode()
    assert not Subscription.objects.exists()


def test_addresses_that_nobody_confirmed_are_erased(client, case, time_machine):
    ask(client)
    text = mail.outbox.pop().body
    time_machine.move_to(timezone.now() + timedelta(days=6))
    assert "erased 0 addresses" in send()
    time_machine.move_to(timezone.now() + timedelta(days=2))
    assert "erased 1 addresses" in send()
    assert not Subscription.objects.exists()
    read(client, link("confirm", text), 404)


def test_an_address_is_in_no_page_and_no_token_is_in_the_database(client, case):
    text = follow(client)
    token = link("end", text).split("/")[-2]
    assert token not in str(list(SubscriptionToken.objects.values()))
    for path in ("/follow/asked/", link("end", text), link("confirm", text), "/changes/atom.xml", CASE):
        page = client.get(path)
        assert "contoh.id" not in page.content.decode(), path
    assert client.get(link("end", text)).headers["Cache-Control"] == "private, no-store"
    assert str(Subscription.objects.get()).startswith("subscription ")


def test_a_form_without_its_token_is_given_back_with_what_was_written(case):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/en/follow/", f"of={CASE}&address=pembaca@contoh.id&website=", content_type=FORM)
    assert answer.status_code == 403
    assert 'value="pembaca@contoh.id"' in answer.content.decode()
    assert not Subscription.objects.exists()


def test_without_a_mail_server_only_the_feed_is_offered(client, case, settings):
    settings.CASEDB_SENDS_MAIL = False
    page = text_of(read(client, f"/en/follow/?of={CASE}"))
    assert "By feed" in page
    assert "By e-mail" not in page
    ask(client)
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("address", [CASE, "/changes/", "/search/?q=perkara"])
def test_every_page_with_a_feed_leads_to_the_page_that_explains_it(client, case, address):
    page = read(client, f"/en{address}")
    leads = re.search(r'class="follow" href="([^"]+)"', page)
    explained = read(client, leads[1])
    assert "A feed is an address" in explained
    feed = re.findall(r'href="([^"]*atom\.xml[^"]*)"', explained)[-1]
    assert client.get(feed).status_code == 200
