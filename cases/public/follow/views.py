"""The page that explains feed and e-mail, its form, and the pages that the links of a mail open."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _

from cases.http.query_parameters import BadParameterError
from cases.http.rate_limit import TokenBucket
from cases.models import Subscription
from cases.public.language_urls import local
from cases.public.page_view import page_view
from cases.public.rendering import render

from . import subscribing
from .form import FollowForm
from .target import ALL_CHANGES, Target, target_of

FOLLOW_LIMIT = TokenBucket("follow", capacity=5, refill_seconds=10 * 60)


@page_view("of", form=True, of_the_record=False)
def follow(request: HttpRequest) -> HttpResponse:
    """Return how a page or search can be followed; or take an address, and mail it a link that confirms."""
    target = _target(request)
    if request.method != "POST" or not settings.CASEDB_SENDS_MAIL:
        return _form_page(request, FollowForm(initial={"of": target.path}), target)
    form = FollowForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, target, status=422)
    if wait := FOLLOW_LIMIT.take(request):
        response = _form_page(request, form, target, status=429, wait=-(-wait // 60))
        response.headers["Retry-After"] = str(wait)
        return response
    try:
        subscribing.ask(form.cleaned_data["address"], target)
    except OSError:  # every error of a mail server is one; its words may hold the address
        return _form_page(request, form, target, status=503, unsent=True)
    answer = HttpResponseRedirect(local("/follow/asked/"))
    answer.status_code = 303
    return _private(answer)


def again(request: HttpRequest) -> HttpResponse:
    """Return the form once more, with what was written, for a browser that lost its token (or keeps no cookies)."""
    try:
        target = _target(request)
    except BadParameterError:
        target = target_of(ALL_CHANGES)
    return _form_page(request, FollowForm(request.POST), target, status=403, untrusted=True)


@page_view(of_the_record=False)
def asked(request: HttpRequest) -> HttpResponse:
    """Return what comes next: the same page whether or not the address follows anything."""
    return _page(request, "asked", {"days": Subscription.UNCONFIRMED_DAYS})


@page_view(by_token=True, of_the_record=False)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Return a page with a button that confirms: programs that open every link of a mail press none."""
    subscription = subscribing.subscription_of(token, confirms=True)
    if subscription is None:
        return _page(request, "unknown", {}, status=404)
    if request.method == "POST":
        subscribing.confirm(subscription)
    return _page(request, "confirm", {"target": _known(subscription), "done": request.method == "POST"})


@page_view(by_token=True, of_the_record=False)
def end(request: HttpRequest, token: str) -> HttpResponse:
    """Return a page with a button that ends it; a POST, also a mail program's own (RFC 8058), erases the address."""
    subscription = subscribing.subscription_of(token)
    if request.method == "POST":
        if subscription is not None:
            subscription.delete()
        return _page(request, "end", {"done": True})
    if subscription is None:
        return _page(request, "unknown", {}, status=404)
    return _page(request, "end", {"target": _known(subscription), "done": False})


def _target(request: HttpRequest) -> Target:
    given = (request.POST if request.method == "POST" else request.GET).get("of") or ALL_CHANGES
    try:
        return target_of(given)
    except ValueError as nothing:
        raise BadParameterError("of", _("“%s” is nothing that can be followed.") % given[:100]) from nothing


def _known(subscription: Subscription) -> Target | None:
    """Return what is followed; None where its words were erased since."""
    try:
        return target_of(subscription.path)
    except ValueError:
        return None


def _form_page(request: HttpRequest, form: FollowForm, target: Target, **more: object) -> HttpResponse:
    context = {"form": form, "target": target, "mails": settings.CASEDB_SENDS_MAIL, "csrf_token": get_token(request)}
    status = int(str(more.pop("status", 200)))
    return _page(request, "follow", context | more, status=status)


def _page(request: HttpRequest, name: str, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    return _private(render(request, f"follow/{name}.html", context, indexed=False, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
