"""Headers, caches and cookies of every answer of the public site, errors and files included."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from cases.publication.acts import withdraw
from cases.publication.publish import publish
from tests.factories import both, make_case
from tests.public.conftest import CASE, LANGUAGES, one_of_each

ROOT = Path(__file__).parent.parent.parent
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
EVERYWHERE = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
ERRORS = {
    "/nothing/": 404,
    "/cases/nothing/": 404,
    "/cases/?nonsense=1": 400,
    "/search/?q=%00": 400,
    "/cases/?utm_source=x": 301,
    "/report/?about=/nowhere/at/all/": 400,
    "/report/00000000-0000-4000-8000-000000000000/": 404,
    "/api/v1/nothing/": 404,
    "/static/nothing.css": 404,
}
MACHINES = ["/robots.txt", "/sitemap.xml", "/site.jsonld", f"{CASE}record.jsonld", "/search/atom.xml?q=telkom"]


@pytest.mark.usefixtures("seeded")
class TestEveryAnswer:
    def test_headers_stand_on_pages_errors_and_files(self, client):
        pages = dict.fromkeys([*one_of_each(), *MACHINES, "/report/", "/api/v1/cases/"], 200)
        for path, status in (pages | ERRORS).items():
            response = client.get(path)
            assert response.status_code == status, path
            for name, value in EVERYWHERE.items():
                assert response.headers[name] == value, (path, name)

    def test_head_is_answered_like_get_everywhere(self, client):
        for path in [*one_of_each(), *MACHINES, *ERRORS, "/report/"]:
            for language in LANGUAGES if not path.startswith(("/api", "/static", "/robots", "/sitemap")) else ("",):
                got, head = client.get(language + path), client.head(language + path)
                assert (head.status_code, head.content) == (got.status_code, b""), path
                assert head.headers["Content-Type"] == got.headers["Content-Type"], path
                assert head.headers.get("ETag") == got.headers.get("ETag"), path

    def test_only_the_form_sets_a_cookie(self, client):
        for path in [*one_of_each(), *MACHINES, *ERRORS]:
            response = client.get(path)
            if not path.startswith("/report/?"):
                assert not response.cookies, path
            assert "Cookie" not in response.headers.get("Vary", ""), path

    def test_who_is_signed_in_reads_what_everybody_reads(self, client, curator):
        signed_in = Client()
        signed_in.force_login(curator)
        for path in [*one_of_each(), *MACHINES, *ERRORS, "/api/v1/cases/"]:
            theirs, everybodys = signed_in.get(path), client.get(path)
            assert (theirs.status_code, theirs.content) == (everybodys.status_code, everybodys.content), path
            assert not hasattr(theirs.wsgi_request, "session"), path
        assert signed_in.get("/admin/").wsgi_request.user == curator

    def test_pages_may_be_kept_for_a_minute_by_anyone(self, client):
        for path in [*one_of_each(), *MACHINES[:4]]:
            kept = client.get(path).headers["Cache-Control"]
            assert ("public" in kept, "max-age=60" in kept) == (True, True), path

    def test_a_repeated_visit_costs_one_query(self, client, django_assert_num_queries):
        for path in one_of_each():
            for language in LANGUAGES:
                tag = client.get(language + path).headers.get("ETag")
                if path.startswith("/search/"):  # the index may lag behind the ledger
                    assert tag is None
                    continue
                with django_assert_num_queries(1):
                    again = client.get(language + path, headers={"if-none-match": tag})
                assert (again.status_code, again.content) == (304, b""), path
                assert again.headers["ETag"] == tag
                assert "max-age=60" in again.headers["Cache-Control"]
                assert client.get(language + path, headers={"if-none-match": 'W/"0-x"'}).status_code == 200

    def test_an_error_has_no_tag_and_a_star_does_not_hide_it(self, client):
        assert "ETag" not in client.get("/cases/nothing/").headers
        assert client.get("/cases/nothing/", headers={"if-none-match": "*"}).status_code == 404


@pytest.mark.django_db
def test_a_page_that_was_withdrawn_is_not_taken_for_unchanged(client, published, curator, reviewer):
    case = make_case()
    published(case)
    tag = client.get(f"/cases/{case.slug}/").headers["ETag"]
    publish([withdraw(case, "error")], by=curator, reviewer=reviewer, reason=both("Keliru"))
    gone = client.get(f"/cases/{case.slug}/", headers={"if-none-match": tag})
    assert gone.status_code == 410
    assert gone.headers["Content-Security-Policy"] == POLICY


def test_a_page_that_breaks_answers_500_with_every_header_and_without_the_database(rf, settings, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr("cases.public.page_view.check_names", broken)
    for path, words in (("/about/", "Ada gangguan"), ("/en/about/", "Something broke")):
        response = Client(raise_request_exception=False).get(path)  # no database is allowed in this test
        assert response.status_code == 500
        assert words in response.content.decode()
        assert "broken\n" not in response.content.decode()
        for name, value in EVERYWHERE.items():
            assert response.headers[name] == value


def test_production_insists_on_https_and_passes_djangos_own_checks(tmp_path):
    names = {"CASEDB_OPERATOR": "Yayasan Contoh", "CASEDB_CONTACT": "redaksi@contoh.id"}
    production = {
        "CASEDB_ENVIRONMENT": "production",
        "CASEDB_HOSTS": "casedb.example",
        "CASEDB_SECRET_KEY": "aZ9-bY8+cX7" * 6,
        "CASEDB_SLUG_KEY": "dW6-eV5+fU4" * 6,
    }
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("CASEDB_", "DJANGO_"))}
    environment = clean | production | {"CASEDB_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, env=environment | names, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "CASEDB_OPERATOR is empty" in done.stderr
    code = (
        "import django; django.setup(); from django.core.management import call_command\n"
        "from django.test import Client; call_command('migrate', verbosity=0)\n"
        "r = Client(SERVER_NAME='casedb.example').get('/robots.txt', secure=True)\n"
        "p = Client(SERVER_NAME='casedb.example').get('/robots.txt')\n"
        "print(r.headers.get('Strict-Transport-Security'), p.status_code, p.headers['Location'])"
    )
    environment |= names | {"DJANGO_SETTINGS_MODULE": "casedb.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    said = "max-age=31536000; includeSubDomains; preload 301 https://casedb.example/robots.txt"
    assert done.stdout.strip() == said, done.stderr
