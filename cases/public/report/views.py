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
from cases.record.lookup import find_claim, find_document
from cases.record.names import KIND_OF_FOLDER
from cases.record.stored_document import MovedError, NotInRecordError, WithdrawnError
from sources.json_fields import LanguageMap

from .form import ReportForm, page_path

REPORT_LIMIT = TokenBucket("report", capacity=5, refill_seconds=10 * 60)


@page_view("about", form=True, of_the_record=False)
def report(request: HttpRequest) -> HttpResponse:
    """Return the form, prefilled with the page it was opened on; or store a report, or give it back with reasons."""
    if request.method != "POST":
        about = _about(request)
        return _form_page(request, ReportForm(initial={"path": about}), about)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, form.cleaned_data.get("path", ""), status=422)
    if wait := REPORT_LIMIT.take(request):
        response = _form_page(request, form, form.cleaned_data["path"], status=429, wait=-(-wait // 60))
        response.headers["Retry-After"] = str(wait)
        return response
    filed = form.save()
    answer = HttpResponseRedirect(local(f"/report/{filed.reference}/"))
    answer.status_code = 303
    return _private(answer)


def again(request: HttpRequest) -> HttpResponse:
    """Return the form once more, with what was written, for a browser that lost its token (or keeps no cookies)."""
    form = ReportForm(request.POST)
    form.is_valid()
    return _form_page(request, form, form.cleaned_data.get("path", ""), status=403, untrusted=True)


@page_view(of_the_record=False)
def state(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Return what became of one report. Its words are not shown: the address may be seen by others."""
    sent = Submission.objects.filter(reference=reference).first()
    if sent is None:
        raise NotInRecordError(str(reference))
    context = {"sent": sent, "erased_after": settings.CASEDB_SUBMISSION_DAYS}
    return _private(render(request, "report_state.html", context, indexed=False))


def _about(request: HttpRequest) -> str:
    given = request.GET.get("about", "")
    try:
        return page_path(given) if given else ""
    except ValueError as nowhere:
        detail = _("“%s” is not the address of a page of this site.") % given[:100]
        raise BadParameterError("about", detail) from nowhere


def _form_page(request: HttpRequest, form: ReportForm, path: str, *, status: int = 200, **more: object) -> HttpResponse:
    context = {
        **more,
        "form": form,
        "about": path,
        "title_of_page": _title_of(path),
        "csrf_token": get_token(request),
        "erased_after": settings.CASEDB_SUBMISSION_DAYS,
    }
    return _private(render(request, "report.html", context, indexed=False, status=status))


def _title_of(path: str) -> LanguageMap | str | None:
    """Return what the page is called, if it is public now: a record by its title, a claim by its statement."""
    parts = path.strip("/").split("/")
    try:
        if len(parts) == 2 and parts[0] == "claims":
            return find_claim(parts[1])[0].statement
        if len(parts) >= 2 and parts[0] in KIND_OF_FOLDER:
            return find_document(KIND_OF_FOLDER[parts[0]], parts[1]).document.title
    except (NotInRecordError, MovedError, WithdrawnError):
        return None
    return None


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
