"""What was said, and where: a Source, the copies we hold of it, and the exact words we quote."""

import hashlib
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .dates import PartialDateField
from .derived_ids import DerivedId
from .incoming import IncomingFile as IncomingFile
from .page_checks import PageCheck as PageCheck
from .quotes import MAX_EXCERPT_CHARS, Span
from .statements import SourceStatement as SourceStatement
from .statements import SourceStatementExcerpt as SourceStatementExcerpt
from .vocabularies import Language, SourceKind, TranslatedBy

http_url = URLValidator(schemes=["http", "https"])
sha256_hex = RegexValidator(r"^[0-9a-f]{64}$", _("A SHA-256 is 64 hexadecimal digits."))


class Immutable(models.Model):
    """Rows that are written once. The database refuses UPDATE as well (see cases.publication.triggers)."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ValidationError(_("This row is written once. Add a new one instead."))
        super().save(*args, **kwargs)


class Source(models.Model):
    """One publication. A work may be known only through others: then we hold no copy of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(
        _("slug"),
        max_length=120,
        unique=True,
        help_text=_("Names the work in its address. Fixed at first publication."),
    )
    source_kind = models.CharField(_("kind"), max_length=30, choices=SourceKind)
    title = models.CharField(
        _("title"),
        max_length=500,
        blank=True,
        help_text=_("As the work itself states it, in its own language."),
    )
    title_given_id = models.CharField(
        _("title given by us (Indonesian)"),
        max_length=500,
        blank=True,
        help_text=_("Only when the work states none. Shown in brackets."),
    )
    title_given_en = models.CharField(
        _("title given by us (English)"), max_length=500, blank=True, help_text=_("The same title in English.")
    )
    authors = models.TextField(
        _("authors"), blank=True, help_text=_("One a line, as the work states them, in its order.")
    )
    institution = models.CharField(_("institution"), max_length=300, blank=True, help_text=_("Only as stated."))
    publisher = models.CharField(_("publisher"), max_length=300, blank=True, help_text=_("Only as stated."))
    published = PartialDateField(_("published"), help_text=_("2022, 2022-08 or 2022-08-14; empty when unknown."))
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.ID)
    url = models.CharField(_("address"), max_length=500, blank=True, validators=[http_url])
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    known_through = models.ManyToManyField(
        "self",
        verbose_name=_("known through"),
        symmetrical=False,
        blank=True,
        related_name="tells_of",
        help_text=_("The works that tell us of this one, when we hold no copy of it."),
    )
    # Of what kind every object of the record is; the sort of a source is its source_kind
    kind = "source"

    class Meta:
        ordering = ["slug"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.CheckConstraint(
                condition=(~Q(title="") & Q(title_given_id="", title_given_en=""))
                | (Q(title="") & ~Q(title_given_id="") & ~Q(title_given_en="")),
                name="source_has_one_title",
                violation_error_message=_("A source has a title of its own, or one given by us in both languages."),
            ),
            models.CheckConstraint(
                condition=Q(source_kind__in=SourceKind.values),
                name="source_kind_is_known",
                violation_error_message=_("This is not a kind of source that we know."),
            ),
        ]

    def __str__(self) -> str:
        return self.display_title

    @property
    def display_title(self) -> str:
        is_english = (get_language() or "").startswith("en")
        return self.title or f"[{self.title_given_en if is_english else self.title_given_id}]"

    @property
    def author_list(self) -> list[str]:
        return [line.strip() for line in self.authors.splitlines() if line.strip()]


class Capture(Immutable, DerivedId):
    """One stored copy of a source. Never edited: a new download is a new capture."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="captures", verbose_name=_("source"))
    text = models.TextField(
        _("text"),
        blank=True,
        help_text=_("Decoded from UTF-8 and otherwise untouched; empty when it may not be kept."),
    )
    text_sha256 = models.CharField(_("SHA-256 of the text"), max_length=64, validators=[sha256_hex], blank=True)
    text_length = models.PositiveIntegerField(_("length in characters"), default=0, blank=True)
    extent_id = models.CharField(
        _("extent (Indonesian)"),
        max_length=200,
        blank=True,
        help_text=_("What part we hold, if not the whole."),
    )
    extent_en = models.CharField(_("extent (English)"), max_length=200, blank=True)
    file_name = models.CharField(_("file name"), max_length=200, blank=True)
    media_type = models.CharField(_("media type"), max_length=100, default="text/plain")
    captured_at = models.DateTimeField(_("captured at"), null=True, blank=True)
    archive_url = models.CharField(_("archived copy"), max_length=500, blank=True, validators=[http_url])
    # Of the file that the text was read from: its private name in CASEDB_FILES_DIR, and what was read how
    file = models.CharField(max_length=40, blank=True, editable=False)
    file_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True, db_index=True, editable=False)
    file_size = models.PositiveBigIntegerField(_("size in bytes"), default=0, editable=False)
    file_metadata = models.JSONField(_("what the file says of itself"), default=dict, blank=True, editable=False)
    extractor = models.CharField(_("read by"), max_length=50, blank=True, editable=False)
    extractor_version = models.CharField(_("its version"), max_length=50, blank=True, editable=False)
    extraction_notes = models.JSONField(_("notes of the reading"), default=list, blank=True, editable=False)
    # The offsets at which the pages begin, and where each character stands on its page
    page_map = models.JSONField(default=list, blank=True, editable=False)
    layout = models.BinaryField(null=True, blank=True, editable=False)
    # Of a copy in which misreadings of a machine are put right: of which, each of them (see `corrections`), and by whom
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_in", editable=False
    )
    corrections = models.JSONField(default=list, blank=True, editable=False)
    corrected_by = models.CharField(_("corrected by"), max_length=150, blank=True, editable=False)

    class Meta:
        ordering = ["source", F("captured_at").asc(nulls_first=True), "id"]
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        constraints = [
            models.CheckConstraint(
                condition=Q(text_length__gt=0),
                name="capture_has_length",
                violation_error_message=_("A capture is the copy of a text that has at least one character."),
            ),
            models.UniqueConstraint(
                fields=["source", "text_sha256"],
                name="capture_once",
                violation_error_message=_("This text is a copy of this source already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} · {self.text_sha256[:8]}"

    def clean(self) -> None:
        if self.text:
            self.text_sha256 = hashlib.sha256(self.text.encode()).hexdigest()
            self.text_length = len(self.text)
        elif not (self.text_sha256 and self.text_length):
            raise ValidationError(_("Give the text, or its SHA-256 and its length when it may not be kept."))

    def owner_and_name(self) -> tuple[uuid.UUID, str]:
        return self.source_id, self.text_sha256

    @property
    def private(self) -> list[Span]:
        return [(span.start, span.end) for span in self.private_spans.all()]


class PrivateSpan(models.Model):
    """Where the name of a private person stands in a capture. The words themselves are kept nowhere else."""

    capture = models.ForeignKey(Capture, models.CASCADE, related_name="private_spans")
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))

    class Meta:
        ordering = ["start"]
        verbose_name = _("private span")
        verbose_name_plural = _("private spans")
        constraints = [
            models.CheckConstraint(
                condition=Q(start__lt=F("end")),
                name="private_span_is_not_empty",
                violation_error_message=_("A span ends after it starts."),
            ),
            models.UniqueConstraint(fields=["capture", "start", "end"], name="private_span_once"),
        ]

    def __str__(self) -> str:
        return f"{self.start}–{self.end}"


class Excerpt(Immutable, DerivedId):
    """Exact words of one capture: `text[start:end] == exact`, in code points. Written once, then immutable."""

    capture = models.ForeignKey(Capture, models.PROTECT, related_name="excerpts", verbose_name=_("capture"))
    exact = models.CharField(_("exact words"), max_length=MAX_EXCERPT_CHARS)
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    prefix = models.CharField(_("words before"), max_length=32, blank=True)
    suffix = models.CharField(_("words after"), max_length=32, blank=True)
    locator_id = models.CharField(
        _("locator (Indonesian)"),
        max_length=200,
        blank=True,
        help_text=_("Where to find it there: page, section, paragraph."),
    )
    locator_en = models.CharField(
        _("locator (English)"), max_length=200, blank=True, help_text=_("The same in English: “Chapter I, p. 3”.")
    )
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.ID)

    class Meta:
        ordering = ["capture", "start", "end"]
        verbose_name = _("excerpt")
        verbose_name_plural = _("excerpts")
        constraints = [
            models.CheckConstraint(
                condition=Q(end=F("start") + Length("exact")) & Q(end__gt=F("start")),
                name="excerpt_offsets_fit_its_words",
                violation_error_message=_("The offsets of an excerpt span exactly its words."),
            ),
            models.CheckConstraint(
                condition=Q(end__lte=F("start") + MAX_EXCERPT_CHARS),
                name="excerpt_is_short",
                violation_error_message=_("An excerpt has at most 600 characters: we quote, we do not copy."),
            ),
            models.UniqueConstraint(
                fields=["capture", "start", "end"],
                name="excerpt_once",
                violation_error_message=_("These words are an excerpt already."),
            ),
        ]

    def __str__(self) -> str:
        words = self.exact if len(self.exact) <= 90 else self.exact[:89] + "…"
        return f"“{words}” ({self.capture.source.slug})"

    def owner_and_name(self) -> tuple[uuid.UUID, str]:
        return self.capture_id, f"{self.start}-{self.end}"


class ExcerptTranslation(models.Model):
    """An excerpt in another language. Revisable, and never quoted as the original."""

    excerpt = models.ForeignKey(Excerpt, models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=2, choices=Language)
    text = models.CharField(_("text"), max_length=2 * MAX_EXCERPT_CHARS)
    by = models.CharField(_("translated by"), max_length=10, choices=TranslatedBy)

    class Meta:
        ordering = ["language"]
        verbose_name = _("translation of an excerpt")
        verbose_name_plural = _("translations of excerpts")
        constraints = [
            models.UniqueConstraint(
                fields=["excerpt", "language"],
                name="excerpt_translation_once",
                violation_error_message=_(
                    "An excerpt has one translation in a language; the source's own comes first."
                ),
            ),
            models.CheckConstraint(
                condition=Q(by__in=TranslatedBy.values),
                name="excerpt_translation_by_is_known",
                violation_error_message=_("A translation is by the source, a curator or a machine."),
            ),
        ]

    def __str__(self) -> str:
        return self.text
