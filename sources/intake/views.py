"""Bringing in a source at the desk: files on the table, what each says of itself, and the copy made of one."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from sources.generics import ModelAdmin, ModelForm
from sources.models import Capture, IncomingFile, Source

from . import files, page_images, queue
from .extracted import IntakeError
from .forms import KeepForm, UploadForm, name_of, shown_metadata, source_initial
from .limits import MEGABYTE
from .media_types import MAX_BYTES, NAMES

SOURCE_FIELDS = ["source_kind", "title", "title_given_id", "title_given_en", "slug", "authors", "institution"]
SOURCE_FIELDS += ["publisher", "published", "language", "url", "licence"]
State = IncomingFile.State
MAX_SHOWN_CHARS = 20_000


class BringsInFiles(ModelAdmin):
    """The part of the sources' admin that takes files over, shows what was read in them, and keeps them."""

    change_list_template = "admin/desk/intake_source_list.html"

    def note(self, request: HttpRequest, items: Iterable[Source]) -> None:
        """Note what was touched; the desk's working history is for `cases` to write."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("intake/", wrap(self.intake_view), name="sources_intake"),
            path("intake/<uuid:key>/", wrap(self.incoming_view), name="sources_incoming"),
            *super().get_urls(),
        ]

    def intake_view(self, request: HttpRequest) -> HttpResponse:
        user = _who_may_bring_in(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        refused: list[tuple[str, str]] = []
        if request.method == "POST" and form.is_valid():
            taken, refused = self._take(form.cleaned_data["uploads"], user)
            if len(taken) == 1:
                queue.read(taken[0])
            if not refused:
                alone = [taken[0].pk] if len(taken) == 1 else []
                return HttpResponseRedirect(reverse(f"admin:sources_{'incoming' if alone else 'intake'}", args=alone))
        context = {
            "form": form,
            "refused": refused,
            "limits": [(NAMES[kind], most // MEGABYTE) for kind, most in MAX_BYTES.items()],
            "waiting": IncomingFile.objects.select_related("brought_by").defer("readings"),
        }
        return self._page(request, "intake", _("Bring in a source"), context)

    def _take(self, uploads: Iterable[Any], user: User) -> tuple[list[IncomingFile], list[tuple[str, str]]]:
        taken, refused = [], []
        for upload in uploads:
            try:
                taken.append(queue.bring_in(upload, user))
            except IntakeError as error:
                refused.append((str(upload.name), str(error)))
        return taken, refused

    def incoming_view(self, request: HttpRequest, key: UUID) -> HttpResponse:
        _who_may_bring_in(request)
        incoming = IncomingFile.objects.filter(pk=key).first()
        if incoming is None:
            return self._gone(request)
        if request.method == "POST" and "discard" in request.POST:
            with transaction.atomic():
                queue.discard(incoming)
            messages.success(request, _("“%s” was thrown away.") % incoming)
            return self._to_list()
        if incoming.state != State.READY:
            return self._page(request, "intake_waiting", str(incoming), {"incoming": incoming})
        return self._keep(request, incoming)

    def _gone(self, request: HttpRequest) -> HttpResponse:
        messages.warning(request, _("This file was kept or thrown away already."))
        return self._to_list()

    def _to_list(self) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:sources_intake"))

    def _keep(self, request: HttpRequest, incoming: IncomingFile) -> HttpResponse:
        data = request.POST if request.method == "POST" else None
        form = KeepForm(incoming, data=data)
        source_form = self._source_form(request, incoming, data)
        if data is not None and form.is_valid():
            existing: Source | None = form.cleaned_data["existing"]
            if existing or source_form.is_valid():
                try:
                    with transaction.atomic():
                        source = existing or source_form.save()
                        capture = queue.keep(incoming, source, form.chosen, form.hidden)
                except IncomingFile.DoesNotExist:
                    return self._gone(request)
                except ValidationError as error:
                    form.add_error("existing", error.messages)
                else:
                    return self._kept(request, source, capture, is_new=not existing)
        context = {
            "incoming": incoming,
            "form": form,
            "source_form": source_form,
            "held": queue.captures_of(incoming.file_sha256),
            "metadata": shown_metadata(form.readings[0]),
            "notes": form.readings[0].notes,
            "shown": [
                (name_of(each), each.text[:MAX_SHOWN_CHARS], each.text[MAX_SHOWN_CHARS:]) for each in form.readings
            ],
        }
        return self._page(request, "intake_file", str(incoming), context)

    def _source_form(self, request: HttpRequest, incoming: IncomingFile, data: Any) -> ModelForm:
        made: type[ModelForm] = self.get_form(request, None, fields=SOURCE_FIELDS)
        form = made(data, initial=source_initial(incoming), prefix="source")
        return form

    def _kept(self, request: HttpRequest, source: Source, capture: Capture, *, is_new: bool) -> HttpResponse:
        if is_new:
            self.log_addition(request, source, [{"added": {}}])
        else:
            self.log_change(
                request, source, [{"added": {"name": str(Capture._meta.verbose_name), "object": str(capture)}}]
            )
        self.note(request, [source])
        number = capture.private_spans.count()
        hidden = ngettext("%s stretch is hidden.", "%s stretches are hidden.", number) % number if number else ""
        link = format_html('<a href="{}">{}</a>', reverse("admin:sources_source_change", args=[source.pk]), source)
        messages.success(request, format_html("{} {} {}", _("The file is kept as a copy of"), link, hidden))
        return HttpResponseRedirect(reverse("admin:sources_capture_change", args=[capture.pk]))

    def _page(self, request: HttpRequest, template: str, title: str, context: dict[str, object]) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, "media": self.media}
        return TemplateResponse(request, f"admin/desk/{template}.html", shared | context)


def as_download(file: str, name: str) -> HttpResponseBase:
    """Return a file to be saved, never shown inside the site: whoever made it would speak in its name."""
    response = FileResponse(
        files.path_of(file).open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream"
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


class ServesItsFile(ModelAdmin):
    """The part of the captures' admin that hands out the original file and its pages, which go with the capture."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<path:object_id>/file/", wrap(self.file_view), name="sources_capture_file"),
            path(
                "<uuid:object_id>/pages/<int:number>.webp",
                require_safe(wrap(self.page_view)),
                name="sources_capture_page",
            ),
            *super().get_urls(),
        ]

    def file_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        capture: Capture | None = self.get_object(request, object_id)
        if not self.has_view_permission(request, capture):
            raise PermissionDenied
        if capture is None or not capture.file or not files.path_of(capture.file).is_file():
            raise Http404
        return as_download(capture.file, capture.file_name)

    def page_view(self, request: HttpRequest, object_id: UUID, number: int) -> HttpResponse:
        """Show a page of the original as an image, private spans painted over for who may not see them."""
        capture: Capture | None = self.get_object(request, str(object_id))
        if not self.has_view_permission(request, capture):
            raise PermissionDenied
        if capture is None:
            raise Http404
        try:
            may_see = request.user.has_perm("sources.view_privatespan")
            response = HttpResponse(
                page_images.page_image(capture, number, may_see_private=may_see), content_type="image/webp"
            )
        except page_images.NoSuchPageError as error:
            raise Http404 from error
        except IntakeError as error:
            response = HttpResponse(str(error), content_type="text/plain; charset=utf-8", status=404)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def delete_model(self, request: HttpRequest, obj: Capture) -> None:
        super().delete_model(request, obj)
        transaction.on_commit(lambda: files.remove(obj.file))


def _who_may_bring_in(request: HttpRequest) -> User:
    """Return the curator. Raises PermissionDenied for anybody who may not add both sources and copies."""
    user = request.user
    if not isinstance(user, User) or not user.has_perms(["sources.add_source", "sources.add_capture"]):
        raise PermissionDenied
    return user
