"""The page of a source: what it tells of itself, with the words that say so. Computed from the document alone."""

from cases.documents.base import DocumentBase
from cases.documents.evidence import PublishedSourceStatement
from sources.vocabularies import SourceAspect

from .quotes import SourcedExcerpt, quote_of

QuotedStatement = tuple[PublishedSourceStatement, list[SourcedExcerpt]]


def about_by_aspect(document: DocumentBase) -> list[tuple[str, list[QuotedStatement]]]:
    """Return what a source tells of itself: its aim first, then its method and its scope, then words of a newer list.

    Of a subject it is empty.
    """
    groups: dict[str, list[QuotedStatement]] = {aspect: [] for aspect in SourceAspect.values}
    for each in document.about:
        quotes = [quote_of(document, cited.excerpt, cited.relation) for cited in each.citations]
        groups.setdefault(each.aspect, []).append((each, quotes))
    return [(aspect, statements) for aspect, statements in groups.items() if statements]
