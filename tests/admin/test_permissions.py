"""Who may do what at the desk: group × address × method, for every address that the admin has."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cases.admin.groups import ADMINISTRATORS, CURATORS, REVIEWERS, desk_groups
from cases.models import Case, PublicationRequest
from tests.admin.conftest import at_the_desk
from tests.admin.test_pages import cast  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

GROUPS = {"c": CURATORS, "r": REVIEWERS, "a": ADMINISTRATORS, "-": None}
EDITED = ("cr", "cr", "cr", "cr")
PUBLISHED = ("cr", "cr", "cr", "")  # what is public is withdrawn, not deleted
# Of each table: who may view, add, change and delete
RIGHTS = {
    "auth.group": ("a", "", "", ""),
    "auth.user": ("a", "a", "a", ""),
    "cases.actor": PUBLISHED,
    "cases.case": PUBLISHED,
    "cases.claim": EDITED,
    "cases.collaboration": EDITED,
    "cases.conflict": EDITED,
    "cases.deskact": ("a", "", "", ""),
    "cases.place": PUBLISHED,
    "cases.publicationrequest": ("cr", "cr", "cr", ""),  # the page of a request reads no form; it is decided elsewhere
    "cases.response": EDITED,
    "cases.revision": ("cr", "", "", ""),
    "cases.subject": ("cr", "", "cr", "cr"),  # leads to the page of its kind
    "cases.submission": ("cr", "", "cr", ""),
    "cases.system": EDITED,
    "sources.capture": PUBLISHED,
    "sources.excerpt": PUBLISHED,
    "sources.source": PUBLISHED,
}
# Of each other address: who gets in with GET and with POST
EVERYBODY = "cra-"
OTHERS = {
    "index": (EVERYBODY, EVERYBODY),
    "second_factor": (EVERYBODY, EVERYBODY),
    "password_change": (EVERYBODY, EVERYBODY),
    "password_change_done": (EVERYBODY, ""),
    "jsi18n": (EVERYBODY, ""),
    "autocomplete": ("cr", ""),
    "app_list": ("cra", "cra"),
    "auth_user_password_change": ("a", "a"),
    "cases_publicationrequest_decide": (EVERYBODY, "r"),  # GET leads to the page of the request
    "cases_publicationrequest_preview": ("cr", "cr"),
    "cases_case_preview": ("cr", "cr"),
    "sources_intake": ("cr", "cr"),
    "sources_capture_search": ("cr", ""),
    "sources_capture_names": ("cr", ""),
}
# They open without a login, or lead to another address, or are as those above
NOT_ASKED = {"login", "logout", "access", "view_on_site", None}
NOT_ASKED |= {f"cases_{name}_preview" for name in ("actor", "collaboration", "place", "system")}
NOT_ASKED |= {"sources_source_preview"}
# Of one copy or file, asked by tests/admin/test_source_texts.py, test_intake.py and test_page_images.py
NOT_ASKED |= {"cases_submission_file"}  # asked by tests/admin/test_submissions.py
NOT_ASKED |= {"sources_capture_read", "sources_capture_file", "sources_capture_page", "sources_incoming"}

# Other copies of the same file, asked by tests/admin/test_other_readings.py
NOT_ASKED |= {"sources_capture_correct", "sources_capture_again"}

# Of the words of one copy, asked by tests/admin/test_claim_form.py
NOT_ASKED |= {"sources_capture_claim", "sources_capture_check", "sources_capture_place"}


def names(resolver: URLResolver | None = None) -> Iterator[str | None]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if resolver is not None or str(entry.pattern) == "admin/":
                yield from names(entry)
        elif resolver is not None and isinstance(entry, URLPattern):
            yield entry.name


def test_every_address_of_the_admin_stands_in_a_table():
    of_tables = {f"{name.replace('.', '_')}_{page}" for name in RIGHTS for page in PAGES}
    assert {model._meta.label_lower for model in admin.site._registry} == set(RIGHTS)
    assert set(names()) - of_tables - NOT_ASKED == set(OTHERS)


# Page → which of the four rights GET and POST ask for
PAGES = {"changelist": (0, 0), "add": (1, 1), "change": (0, 2), "delete": (3, 3), "history": (0, 0)}


@pytest.fixture
def clients(db) -> dict[str, Client]:
    found = {}
    for letter, group in GROUPS.items():
        user = User.objects.create_user(f"group-{letter}", is_staff=True)
        user.groups.set([desk_groups()[group]] if group else [])
        found[letter] = at_the_desk(user)
    return found


def opened_by(clients: dict[str, Client], method: str, url: str, data: dict[str, str] | None = None) -> str:
    """The letters of the groups that are let in; what they could do there is for other tests."""
    statuses = {letter: getattr(client, method)(url, data).status_code for letter, client in clients.items()}
    assert set(statuses.values()) <= {200, 302, 400, 403, 404, 405}, (url, statuses)
    return "".join(letter for letter, status in statuses.items() if status not in (403, 404, 405))


def test_of_every_table_each_page_opens_for_those_who_may(cast, clients):  # noqa: F811
    wrong = []
    for model in admin.site._registry:
        row, rights = model.objects.first(), RIGHTS[model._meta.label_lower]
        for page, asked in PAGES.items():
            if row is None and page in ("change", "delete", "history"):
                continue
            keys = [row.pk] if page in ("change", "delete", "history") else []
            url = reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_{page}", args=keys)
            for method, right in zip(("get", "post"), asked, strict=True):
                if method == "post" and page == "history":
                    continue
                if (found := opened_by(clients, method, url)) != rights[right]:
                    wrong.append((method, url, found, rights[right]))
    assert wrong == [], "\n".join(map(str, wrong))


def test_every_other_page_opens_for_those_who_may(cast, clients):  # noqa: F811
    held = PublicationRequest.objects.get()
    keys = {
        "app_list": ["cases"],
        "auth_user_password_change": [User.objects.get(username="a-curator").pk],
        "cases_publicationrequest_decide": [held.pk],
        "cases_publicationrequest_preview": [held.pk, f"actor:{held.items.get().subject_id}"],
        "cases_case_preview": [Case.objects.get().pk],
    }
    query = {"autocomplete": "?app_label=cases&model_name=party&field_name=who&term=a"}
    wrong = []
    for name, rights in OTHERS.items():
        space = "desk" if name == "second_factor" else "admin"
        url = reverse(f"{space}:{name}", args=keys.get(name, [])) + query.get(name, "")
        for method, right in zip(("get", "post"), rights, strict=True):
            data = {"return": "yes"} if method == "post" and name.endswith("_decide") else None
            if (found := opened_by(clients, method, url, data)) != right:
                wrong.append((method, url, found, right))
    assert wrong == [], "\n".join(map(str, wrong))


def test_nobody_gets_in_without_a_login(cast):  # noqa: F811
    client = Client()
    for model in admin.site._registry:
        url = reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist")
        for method in ("get", "post"):
            response = getattr(client, method)(url)
            assert response.headers["Location"].startswith("/admin/login/"), (method, url)
