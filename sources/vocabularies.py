"""Closed lists about sources, and the base class of every closed list."""

from typing import Self

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Vocabulary(TextChoices):
    """A closed list. Members are written `NAME = "stored_word", "what it means", _("label")`."""

    meaning: str

    def __new__(cls, word: str, meaning: str = "") -> Self:
        member = str.__new__(cls, word)
        member._value_ = word
        member.meaning = meaning
        return member


class Language(Vocabulary):
    """Languages of the record's own sentences and of the words it quotes."""

    ID = "id", "Indonesian", _("Indonesian")
    EN = "en", "English", _("English")


class SourceKind(Vocabulary):
    """What sort of publication a source is."""

    THESIS = "thesis", "a thesis, whole or in part", _("thesis")
    THESIS_ABSTRACT = "thesis_abstract", "only the abstract of a thesis", _("thesis abstract")
    JOURNAL_ARTICLE = "journal_article", "an article in a scholarly journal", _("journal article")
    BOOK = "book", "a book", _("book")
    NEWS = "news", "a news report", _("news report")
    COURT_RULING = "court_ruling", "the ruling of a court itself", _("court ruling")
    REGULATION = "regulation", "the regulation itself", _("regulation")
    GOVERNMENT_DOCUMENT = "government_document", "a document of a public body", _("government document")
    DATASET = "dataset", "data published as such", _("dataset")
    REPORT = "report", "a report of a body or organisation", pgettext_lazy("source", "report")
    CITED_WORK = "cited_work", "known only by a citation that does not say what it is", _("cited work")
    INTERVIEW = "interview", "a recorded interview", _("interview")
    WEB_PAGE = "web_page", "a page on the web", _("web page")
    SOCIAL_MEDIA = "social_media", "a post on social media", _("social media post")


class SourceAspect(Vocabulary):
    """What a work tells of itself. What it found is a claim about what it studied."""

    AIM = "aim", "what it set out to learn or do", _("aim")
    METHOD = "method", "how it went about it", _("method")
    SCOPE = "scope", "what it covers, and what it leaves out", _("scope")


class Relation(Vocabulary):
    """How an excerpt stands to the sentence that cites it."""

    SUPPORTS = "supports", "the words carry the claim", _("supports")
    CONTEXT = "context", "the words help to read it", _("context")


class TranslatedBy(Vocabulary):
    """Who made the translation of an excerpt. A translation is never quoted as the original."""

    SOURCE = "source", "the source's own words in the other language", _("translation by the source itself")
    CURATOR = "curator", "a curator of this record", _("our translation")
    MACHINE = "machine", "a machine, unchecked", _("machine translation")
