"""The form, and the page on which its sender reads what became of it. Neither is kept by anyone on the way."""

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _

from cases.http.query_parameters import BadParameterError
from cases.http.rate_limit import TokenBucket
from cases.models import Submission
from cases.public.language_urls import local
from cases.public.page_view import page_view
from cases.public.rendering import render
from cases.record.stored_document import NotInRecordError
from sources.intake.attachments import ATTACHMENT_MAX_BYTES

from .form import ReportForm, answer_day, page_path
from .page_about import PageAbout, page_about

REPORT_LIMIT = TokenBucket("report", capacity=5, refill_seconds=10 * 60)


@page_view("about", "who", form=True, file_max_bytes=ATTACHMENT_MAX_BYTES, of_the_record=False)
def report(request: HttpRequest) -> HttpResponse:
    """Return the form, prefilled with the page it was opened on; or store a report, or give it back with reasons.

    With `who`, the form of a reply by or for somebody whom that page names. A file counts before it is looked at.
    """
    if request.method != "POST":
        page = page_about(_about(request))
        who = _who(request, page)
        kind = {"kind": Submission.Kind.RESPONSE.value} if who else {}
        return _form_page(request, ReportForm(initial={"path": page.path, "who": who, **kind}), page.path, who)
    if request.FILES and (wait := REPORT_LIMIT.take(request)):
        return _too_many(request, wait)
    form = ReportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _given_back(request, form, status=422)
    if not request.FILES and (wait := REPORT_LIMIT.take(request)):
        return _too_many(request, wait)
    filed = form.file_it()
    answer = HttpResponseRedirect(local(f"/report/{filed.reference}/"))
    answer.status_code = 303
    return _private(answer)


def again(request: HttpRequest) -> HttpResponse:
    """Return the form once more, with what was written, for a browser that lost its token (or keeps no cookies)."""
    form = ReportForm(request.POST)
    form.is_valid()
    return _given_back(request, form, status=403, untrusted=True)


@page_view(of_the_record=False)
def state(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Return what became of one report. Its words are not shown: the address may be seen by others."""
    sent = Submission.objects.filter(reference=reference).first()
    if sent is None:
        raise NotInRecordError(str(reference))
    is_due = sent.answer_by is not None and sent.decided_at is None
    context = {
        "sent": sent,
        "answer_by": sent.answer_by.isoformat() if sent.answer_by and is_due else "",
        "contact": settings.CASEDB_CONTACT,
        "erased_after": settings.CASEDB_SUBMISSION_DAYS,
    }
    return _private(render(request, "report_state.html", context, indexed=False))


def _about(request: HttpRequest) -> str:
    given = request.GET.get("about", "")
    try:
        return page_path(given) if given else ""
    except ValueError as nowhere:
        detail = _("“%s” is not the address of a page of this site.") % given[:100]
        raise BadParameterError("about", detail) from nowhere


def _who(request: HttpRequest, page: PageAbout) -> str:
    who = request.GET.get("who", "")
    if who and who not in page.people:
        raise BadParameterError("who", _("The page that “about” gives names nobody called “%s”.") % who[:100])
    return who


def _given_back(request: HttpRequest, form: ReportForm, *, status: int, **more: object) -> HttpResponse:
    """Return the form with what was written. A browser does not send a file again that it was not told to."""
    given = form.cleaned_data
    who = given.get("who") or form.data.get("who", "")
    return _form_page(request, form, given.get("path", ""), who, status=status, lost_file=bool(request.FILES), **more)


def _too_many(request: HttpRequest, wait: int) -> HttpResponse:
    form = ReportForm(request.POST)
    form.is_valid()
    response = _given_back(request, form, status=429, wait=-(-wait // 60))
    response.headers["Retry-After"] = str(wait)
    return response


def _form_page(
    request: HttpRequest, form: ReportForm, path: str, who: str, *, status: int = 200, **more: object
) -> HttpResponse:
    page = page_about(path)
    due = answer_day(Submission.Kind.RESPONSE)
    context = {
        **more,
        "form": form,
        "about": page,
        "who": page.people.get(who),
        "answer_by": due.isoformat() if due else "",
        "csrf_token": get_token(request),
        "erased_after": settings.CASEDB_SUBMISSION_DAYS,
    }
    return _private(render(request, "report.html", context, indexed=False, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
