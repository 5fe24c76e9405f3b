"""The forms of bringing in: files to read, and how one that was read is kept."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from sources.dates import PartialDate
from sources.forms import InBothLanguages
from sources.models import Capture, IncomingFile, Source

from .extracted import Extracted
from .media_types import HTML
from .private_data import propose
from .queue import captures_of

MAX_FILES = 50
# What a web page says of its date is when it was published; of other files it is when a program saved them
STATES_PUBLICATION = {HTML}
METADATA_LABELS = {
    **dict.fromkeys(("title", "Title"), _("title")),
    **dict.fromkeys(("author", "Author"), _("author")),
    "last saved by": _("last saved by"),
    **dict.fromkeys(("date", "CreationDate"), _("date")),
    **dict.fromkeys(("changed", "ModDate"), _("changed")),
    "place": _("place"),
    "publisher": _("publisher"),
    "tracked changes": _("tracked changes"),
    "encoding": _("encoding"),
    "camera": _("camera"),
    "camera model": _("camera model"),
    **dict.fromkeys(("program", "Creator", "Producer"), _("program")),
}


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several; whether each can be read is for `media_type_of` to say."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        several = data if isinstance(data, (list, tuple)) else [data]
        if len(several) > MAX_FILES:
            raise ValidationError(_("At most %s files at once.") % MAX_FILES)
        return [super(FilesField, self).clean(each, initial) for each in several]


class UploadForm(forms.Form):
    uploads = FilesField(label=_("Files"), allow_empty_file=True)


class KeepForm(InBothLanguages):
    """How a file is kept: as a copy of which source, by which reading, with which stretches hidden."""

    existing = forms.ModelChoiceField(
        Source.objects.all(),
        label=_("A copy of a source that is here already"),
        required=False,
        help_text=_("Leave it empty to describe a new source below."),
    )
    reading = forms.TypedChoiceField(label=_("Reading"), coerce=int, widget=forms.RadioSelect)
    private = forms.MultipleChoiceField(
        label=_("Private data to hide"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Capture
        fields = ["extent_id", "extent_en"]

    def __init__(self, incoming: IncomingFile, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.readings = incoming.extracted()
        held = captures_of(incoming.file_sha256)
        hidden = {capture.text[start:end] for capture in held for start, end in capture.private}
        proposals = [
            choice for number, each in enumerate(self.readings) for choice in private_choices(number, each.text, hidden)
        ]
        fields: dict[str, Any] = self.fields
        fields["reading"].choices = [(str(number), name_of(each)) for number, each in enumerate(self.readings)]
        fields["reading"].initial = "0"
        fields["private"].choices = proposals
        fields["private"].initial = [value for value, _label in proposals]
        fields["existing"].initial = held[-1].source_id if held else None
        fields["existing"].widget = AutocompleteSelect(Capture._meta.get_field("source"), admin.site)
        fields["existing"].widget.choices = fields["existing"].choices

    def _post_clean(self) -> None:
        """Leave the capture unchecked: it is checked when it is made, with the text of the reading."""

    @property
    def chosen(self) -> Extracted:
        number: int = self.cleaned_data["reading"]
        return self.readings[number]

    @property
    def hidden(self) -> list[tuple[int, int]]:
        """Return the confirmed places in the chosen reading, each once."""
        own = f"{self.cleaned_data['reading']}:"
        chosen = [value.removeprefix(own) for value in self.cleaned_data["private"] if value.startswith(own)]
        places = [place.split("-") for value in chosen for place in value.split(",")]
        return sorted({(int(start), int(end)) for start, end in places})


def private_choices(number: int, text: str, hidden: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return one choice for words that are proposed, wherever they stand in a reading: (its places, their words).

    `hidden` are words that were hidden in other copies of the file.
    """
    places: dict[tuple[str, str], list[str]] = {}
    for words in sorted({" ".join(each.split()) for each in hidden} - {""}):
        reason = str(_("hidden in another copy of this file"))
        for found in re.finditer(r"\s+".join(map(re.escape, words.split())), text):
            places.setdefault((words, reason), []).append(f"{found.start()}-{found.end()}")
    for each in propose(text):
        places.setdefault((each.words, str(each.reason)), []).append(f"{each.start}-{each.end}")
    return [
        (f"{number}:{','.join(found)}", f"{words} ({reason})" + (f" × {len(found)}" if len(found) > 1 else ""))
        for (words, reason), found in places.items()
    ]


def shown_metadata(reading: Extracted) -> list[tuple[Any, str]]:
    """Return what a file says of itself with labels; PDF writes its dates as D:20310314093000."""
    dated = {key: re.sub(r"^D:(\d{4})(\d\d)(\d\d).*", r"\1-\2-\3", value) for key, value in reading.metadata.items()}
    return [(METADATA_LABELS.get(key, key), value) for key, value in dated.items()]


def name_of(reading: Extracted) -> str:
    names = {
        "visible-text": _("All text that a reader sees"),
        "trafilatura": _("Only the article"),
        "pypdfium2": _("As the page is read: columns one after another"),
        "pypdfium2-lines": _("Line by line across the page"),
    }
    name = names.get(reading.extractor, reading.extractor)
    return _("%(name)s (%(length)s characters)") % {"name": name, "length": len(reading.text)}


def source_initial(incoming: IncomingFile) -> dict[str, object]:
    """Return what a file says of itself, as the first values of a new source's form."""
    metadata = readings[0].metadata if (readings := incoming.extracted()) else {}
    title = metadata.get("title") or metadata.get("Title") or incoming.file_name.rsplit(".", 1)[0]
    initial: dict[str, object] = {
        "title": title,
        "slug": free_slug(title),
        "authors": metadata.get("author") or metadata.get("Author", ""),
    }
    if incoming.media_type in STATES_PUBLICATION:
        initial |= {"source_kind": "web_page", "url": metadata.get("url", "")}
        initial |= {"publisher": metadata.get("publisher", "")[:300]}
        try:
            initial["published"] = str(PartialDate.parse(metadata.get("date", "")))
        except ValueError:
            initial["published"] = ""
    return initial


def free_slug(title: str) -> str:
    """Return a slug for a title that no source has."""
    slug = slugify(re.sub(r"[./]", " ", title))[:100].strip("-") or "sumber"
    taken = set(Source.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(
        name
        for number in range(1, len(taken) + 3)
        if (name := slug if number == 1 else f"{slug}-{number}") not in taken
    )
