"""What a work tells of itself: its aim, its method, its scope. Part of `sources.models`."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .vocabularies import Relation, SourceAspect


class SourceStatement(models.Model):
    """What a work set out to do, how, or how far it reaches: one sentence. What it found is a claim elsewhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey("Source", models.CASCADE, related_name="statements", verbose_name=_("source"))
    key = models.SlugField(_("key"), max_length=100, help_text=_("A short name, unique within the source."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    aspect = models.CharField(
        _("what it tells"), max_length=20, choices=SourceAspect, help_text=_("The aim, the method or the scope.")
    )
    statement_id = models.CharField(
        _("statement (Indonesian)"),
        max_length=500,
        blank=True,
        help_text=_("One plain sentence that says no more than its excerpts. The other language may follow later."),
    )
    statement_en = models.CharField(
        _("statement (English)"), max_length=500, blank=True, help_text=_("The same sentence in English.")
    )

    class Meta:
        ordering = ["position", "key"]
        verbose_name = _("statement about a source")
        verbose_name_plural = _("statements about a source")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "key"],
                name="source_statement_key_once",
                violation_error_message=_("This source has a statement with this key already."),
            ),
            models.CheckConstraint(
                condition=Q(aspect__in=SourceAspect.values),
                name="source_statement_aspect_is_known",
                violation_error_message=_("A source tells of its aim, its method or its scope."),
            ),
            models.CheckConstraint(
                condition=~Q(statement_id="") | ~Q(statement_en=""),
                name="source_statement_has_a_sentence",
                violation_error_message=_("It is one sentence, in Indonesian or English, best in both."),
            ),
        ]

    def __str__(self) -> str:
        is_english = (get_language() or "").startswith("en")
        return (self.statement_en or self.statement_id) if is_english else (self.statement_id or self.statement_en)


class SourceStatementExcerpt(models.Model):
    """The words that carry such a statement or help to read it: of the work itself, or of one that tells of it."""

    statement = models.ForeignKey(SourceStatement, models.CASCADE, related_name="citations")
    position = models.PositiveSmallIntegerField(default=0)
    excerpt = models.ForeignKey("Excerpt", models.PROTECT, related_name="source_statements", verbose_name=_("excerpt"))
    relation = models.CharField(_("relation"), max_length=10, choices=Relation, default=Relation.SUPPORTS)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("excerpt of a statement")
        verbose_name_plural = _("excerpts of a statement")
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "excerpt"],
                name="source_statement_excerpt_once",
                violation_error_message=_("This excerpt is cited here already."),
            ),
            models.CheckConstraint(
                condition=Q(relation__in=Relation.values),
                name="source_statement_relation_is_known",
                violation_error_message=_("An excerpt supports a statement or is its context."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.excerpt)
