"""Writing claims in the reader: selected words, the form of a kind, a saved claim. The same with and without script."""

import uuid
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases.admin import unsaved_text
from cases.claim_kinds import REGISTRY
from cases.models import Claim, Place, ReadingPlace
from cases.vocabularies import SubjectKind
from sources.captures import WrongTextError
from sources.finding import MAX_PASTED_CHARS
from sources.generics import ModelAdmin
from sources.intake.truth import Judgement
from sources.models import Capture, Excerpt
from sources.page_boxes import boxes
from sources.page_checks import judgement_of, keep_judgement
from sources.quotes import QuoteError, Span
from sources.reading import OpenCapture

from .checks import checked
from .fields import parsed_uuid
from .form import ClaimEntry
from .kept import last_claim_of, proposal_for
from .names import offered
from .proposal import Proposal
from .save import Saved, add_passage, save_claim, save_excerpts

MAX_PASSAGES = 6
MAX_OFFSET_DIGITS = 9
# As `read_claim.html` has it
KINDS_BEFORE_FOLD = 4


class NamesForm(forms.Form):
    """What a box for a name asks for while somebody types into it."""

    term = forms.CharField(max_length=200)
    kind = forms.TypedMultipleChoiceField(choices=SubjectKind.choices, required=False)


class ClaimsFromText(ModelAdmin):
    """The part of the copies' admin that makes claims of the words of one."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("names/", require_safe(view(self.names_view)), name="sources_capture_names"),
            path("<uuid:object_id>/claim/", view(self.claim_view), name="sources_capture_claim"),
            path("<uuid:object_id>/claim/check/", require_POST(view(self.check_view)), name="sources_capture_check"),
            *super().get_urls(),
        ]

    def capture_of(self, request: HttpRequest, object_id: UUID) -> Capture:
        raise NotImplementedError

    def reading_page(
        self, request: HttpRequest, capture: Capture, claim: dict[str, object] | None = None, status: int = 200
    ) -> HttpResponse:
        raise NotImplementedError

    def may_claim(self, request: HttpRequest) -> bool:
        return request.user.has_perms(["cases.add_claim", "sources.add_excerpt"])

    def names_view(self, request: HttpRequest) -> HttpResponse:
        """Answer what is called so, with what tells namesakes apart."""
        if not self.may_claim(request):
            raise PermissionDenied
        form = NamesForm(request.GET)
        if not form.is_valid():
            return JsonResponse({"names": []})
        kinds = form.cleaned_data["kind"] or SubjectKind.values
        return JsonResponse({"names": offered(form.cleaned_data["term"], kinds)})

    def claim_view(self, request: HttpRequest, object_id: UUID) -> HttpResponse:
        capture = self._capture_to_claim(request, object_id)
        if request.method == "GET":
            return self.claim_page(request, capture)
        with transaction.atomic():
            if answer := unsaved_text.answer(request):
                return answer
            taken_up = unsaved_text.take_up(request)
            claims: Any = self.admin_site.get_model_admin(Claim)
            if (entry := claims.entry_of_form(request)) and not taken_up:
                messages.info(request, _("This form was saved already, as “%s”. Nothing was written twice.") % entry)
                return self._back(capture, _posted_spans(request.POST))
            if taken_up or "_render" in request.POST:
                return self._show(request, capture, request.POST, is_kept=bool(taken_up))
            return self._save(request, capture)

    def check_view(self, request: HttpRequest, object_id: UUID) -> HttpResponse:
        """Tell what speaks against the form as it is typed now, and keep it for a lost session. Saves nothing."""
        capture = self._capture_to_claim(request, object_id)
        unsaved_text.keep(request, reverse("admin:sources_capture_claim", args=[capture.pk]))
        try:
            opened, spans, proposal = self._proposed(request, capture, request.POST)
        except (QuoteError, WrongTextError) as error:
            return TemplateResponse(request, "admin/desk/read_check.html", {"blockers": [("", str(error))]})
        entry = self._entry(request, opened, proposal, request.POST)
        return TemplateResponse(request, "admin/desk/read_check.html", checked(entry, opened, spans))

    def claim_page(self, request: HttpRequest, capture: Capture) -> HttpResponse:
        """Show the form of a claim on the words that an address asks for, alone (`?part=1`) or in the whole page."""
        if not self.may_claim(request):
            raise PermissionDenied
        if not {"start", "words"} & request.GET.keys():
            kept = unsaved_text.of(request)
            return self.reading_page(request, capture, {"unsaved_at": unsaved_text.time_of(kept)} if kept else None)
        return self._show(request, capture, request.GET, is_new=True)

    def _show(
        self, request: HttpRequest, capture: Capture, data: QueryDict, *, is_new: bool = False, is_kept: bool = False
    ) -> HttpResponse:
        try:
            opened, spans, proposal = self._proposed(request, capture, data)
        except (QuoteError, WrongTextError) as error:
            return self._answer(request, capture, {"problem": str(error), "words": data.get("words", "")})
        entry = self._entry(request, opened, proposal, None if is_new else data)
        context = self._claim_context(request, opened, spans, entry) | {"is_kept": is_kept}
        return self._answer(request, capture, context)

    def _answer(
        self, request: HttpRequest, capture: Capture, context: dict[str, object], status: int = 200
    ) -> HttpResponse:
        context |= {"capture": capture}
        if "part" in request.GET or "part" in request.POST:
            return TemplateResponse(request, "admin/desk/read_claim.html", {"claim": context, "capture": capture})
        return self.reading_page(request, capture, context, status)

    def _save(self, request: HttpRequest, capture: Capture) -> HttpResponse:
        try:
            opened, spans, proposal = self._proposed(request, capture, request.POST)
        except (QuoteError, WrongTextError) as error:
            return self._answer(request, capture, {"problem": str(error)}, 422)
        entry = self._entry(request, opened, proposal, request.POST)
        is_valid = entry.is_valid()
        judgement = judgement_of(capture, spans)
        is_stitched = judgement is not None and judgement.state == "stitched"
        if (key := request.POST.get("_passage")) and not is_stitched:
            return self._save_passage(request, opened, spans, entry, judgement, key)
        if not is_valid or is_stitched:
            context = self._claim_context(request, opened, spans, entry) | {"is_refused": True}
            return self._answer(request, capture, context | checked(entry, opened, spans), 422)
        if any(form.makes_an_actor for form in entry.parties.forms) and not request.user.has_perm("cases.add_actor"):
            raise PermissionDenied
        saved = save_claim(entry, opened, spans)
        user: Any = request.user
        keep_judgement(saved.excerpts, judgement, user if entry.claim.cleaned_data["seen_on_page"] else None)
        self._log(request, saved)
        self._tell(request, saved)
        ReadingPlace.objects.update_or_create(
            by=user,
            capture=capture,
            defaults={"last_claim": saved.claim, "page": opened.page_of(spans[0][0])},
        )
        return self._back(capture, spans)

    def _save_passage(
        self,
        request: HttpRequest,
        opened: OpenCapture,
        spans: Sequence[Span],
        entry: ClaimEntry,
        judgement: Judgement | None,
        key: str,
    ) -> HttpResponse:
        """Let a claim that says the same already stand on these words too."""
        claims: Any = self.admin_site.get_model_admin(Claim)
        claim = claims.get_object(request, key)
        if claim is None or not claims.has_change_permission(request, claim):
            raise PermissionDenied
        added: list[Any] = []
        excerpts = save_excerpts(entry, opened, spans, added)
        user: Any = request.user
        keep_judgement(excerpts, judgement, user if entry.claim.cleaned_data.get("seen_on_page") else None)
        add_passage(claim, excerpts)
        self._log_added(request, added)
        claims.log_change(request, claim, [{"added": {"name": str(Excerpt._meta.verbose_name), "object": ""}}])
        claims.note(request, [claim.subject])
        unsaved_text.forget(request)
        messages.success(request, _("The words are one more passage of “%s”.") % claim)
        return self._back(opened.capture, spans)

    def _log(self, request: HttpRequest, saved: Saved) -> None:
        """Note a saved claim as the admin's own forms do: in its log, and in the history of every dossier touched."""
        self._log_added(request, saved.added)
        claims: Any = self.admin_site.get_model_admin(Claim)
        claims.log_addition(request, saved.claim, [{"added": {}}])
        claims.note(request, [saved.claim.subject])

    def _log_added(self, request: HttpRequest, rows: Sequence[Any]) -> None:
        for row in rows:
            own: Any = self.admin_site.get_model_admin(type(row))
            own.log_addition(request, row, [{"added": {}}])
            own.note(request, own.items_of(row))

    def _tell(self, request: HttpRequest, saved: Saved) -> None:
        claim = saved.claim
        link = format_html('<a href="{}">{}</a>', reverse("admin:cases_claim_change", args=[claim.pk]), claim)
        messages.success(request, format_html("{} {}", _("Saved:"), link))
        conflict = reverse("admin:cases_conflict_add")
        for name in saved.in_dispute:
            address = f"{conflict}?subject={claim.subject_id}&claim={claim.pk}&property={name}"
            said = _("You noted that sources differ. Say how:")
            messages.warning(request, format_html('{} <a href="{}">{}</a>', said, address, name))

    def _capture_to_claim(self, request: HttpRequest, object_id: UUID) -> Capture:
        if not self.may_claim(request):
            raise PermissionDenied
        return self.capture_of(request, object_id)

    def _back(self, capture: Capture, spans: Sequence[Span]) -> HttpResponseRedirect:
        address = reverse("admin:sources_capture_read", args=[capture.pk])
        at = f"?at={spans[0][0]}-{spans[-1][1]}#at" if spans else ""
        return HttpResponseRedirect(address + at)

    def _proposed(
        self, request: HttpRequest, capture: Capture, data: QueryDict
    ) -> tuple[OpenCapture, list[Span], Proposal]:
        """Return the copy, the passages that a request means, and what is proposed for them. Raises QuoteError."""
        opened = OpenCapture(capture)
        if words := data.get("words", "").strip():
            found = opened.finder.find(words[:MAX_PASTED_CHARS], data.get("after", ""))
            spans = [(each.start, each.end) for each in found]
        else:
            spans = [part for span in _posted_spans(data) for part in opened.passages(span)]
        if not spans:
            raise QuoteError(_("An excerpt needs words."))
        spans = list(dict.fromkeys(spans))[:MAX_PASSAGES]
        kind = data.get("kind", "")
        if kind and kind not in REGISTRY:
            raise BadRequest(_("“%s” is not a kind of claim.") % kind[:40])
        return opened, spans, proposal_for(request.user, opened, spans, kind)

    def _entry(self, request: HttpRequest, opened: OpenCapture, proposal: Proposal, data: Any = None) -> ClaimEntry:
        quotes = [opened.text[start:end] for start, end in proposal.spans]
        kept = last_claim_of(request.user, opened.capture)
        places = [*kept.places.all()] if kept else []
        if data is not None:
            posted = [key for each in data.getlist("places") if (key := parsed_uuid(each))]
            places = [*Place.objects.filter(pk__in=[*posted, *(place.pk for place in places)])]
        return ClaimEntry(opened.capture, proposal, quotes=quotes, places=places, data=data)

    def _claim_context(
        self, request: HttpRequest, opened: OpenCapture, spans: Sequence[Span], entry: ClaimEntry
    ) -> dict[str, object]:
        return {
            "entry": entry,
            "spans": spans,
            "quotes": entry.quotes,
            "page": opened.page_of(spans[0][0]) if len(opened.page_starts) > 1 else None,
            "kinds": [REGISTRY[name] for name in kinds_shown(entry.proposal.kinds, entry.kind.name)],
            "duplicates": entry.proposal.duplicates,
            "address": urlencode([each for start, end in spans for each in (("start", start), ("end", end))]),
            "boxes": [box._asdict() for box in boxes(opened.layout, spans)] if opened.layout else [],
            "judgement": judgement_of(opened.capture, spans),
            "token": request.POST.get("_form") or uuid.uuid4(),
        }


def kinds_shown(fitting: Sequence[str], current: str) -> list[str]:
    """Return all kinds, those that fit first; the one that the form is of never stands behind a fold."""
    names = list(dict.fromkeys([*fitting, *REGISTRY]))
    return names if current in names[:KINDS_BEFORE_FOLD] else list(dict.fromkeys([current, *names]))


def _posted_spans(data: QueryDict) -> list[Span]:
    """Return the spans of a form or address: `start` and `end`, as often as there are passages."""
    starts, ends = data.getlist("start_at") or data.getlist("start"), data.getlist("end_at") or data.getlist("end")
    if len(starts) != len(ends) or len(starts) > MAX_PASSAGES:
        raise BadRequest(_("A passage has a start and an end; a claim has at most %s.") % MAX_PASSAGES)
    if not all(each.isascii() and each.isdigit() and len(each) <= MAX_OFFSET_DIGITS for each in [*starts, *ends]):
        raise BadRequest(_("A place in a text is a number."))
    return [(int(start), int(end)) for start, end in zip(starts, ends, strict=True)]
