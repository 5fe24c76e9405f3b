"""Find every quote of a batch in its capture, and make its excerpt."""

from functools import lru_cache
from pathlib import Path

from sources import quotes
from sources.captures import text_of
from sources.derived_ids import derived_id
from sources.finding import Finder
from sources.models import Capture, Excerpt, ExcerptTranslation, PrivateSpan, Source

from . import original_files
from .bundle import Batch, Cite
from .quotes_lock import Lock, Quote
from .reader import Fault
from .row_checks import check_row
from .section_checks import check_source_readings


def find_quotes(batch: Batch, documents: Path | None, lock: Lock | None) -> None:
    """Give every cite of the batch its excerpt, or a fault that says what its words do not agree with."""
    captures: dict[str, list[Capture]] = {}
    languages: dict[str, str] = {}
    for bundle in batch.bundles:
        if isinstance(bundle.item, Source):
            captures[bundle.key] = [row for row, _entry in bundle.rows if isinstance(row, Capture)]
            languages[bundle.key] = bundle.item.language
    held = {capture.id: capture for each in captures.values() for capture in each}
    for key, text in Capture.objects.filter(pk__in=held).exclude(text="").values_list("pk", "text"):
        held[key].text = text  # no dossier holds the text itself
    original_files.find(batch, held.values(), documents)
    private = {key: _private_spans(batch, capture) for key, capture in held.items()}
    check_source_readings(batch, documents, private)
    for bundle in batch.bundles:
        for cite in bundle.cites:
            capture = _capture_of(cite, captures)
            if capture is None:
                which = f"a copy whose SHA-256 begins with {cite.capture}" if cite.capture else "a copy"
                cite.entry.fault("source", f"“{cite.source}” is not a source of which we hold {which}.")
                continue
            spans = private.get(capture.id)
            if spans is None:  # a capture of a dossier that was loaded before
                spans = capture.private
            place = _find(cite, capture, spans, documents, lock)
            if place is not None:
                language = cite.language or languages.get(cite.source) or capture.source.language
                cite.assign(_excerpt(batch, cite, capture, place, language))
    if lock:
        _compare_with_lock(batch, lock)


def _private_spans(batch: Batch, capture: Capture) -> list[quotes.Span]:
    """Return where names of private persons stand in a capture of the batch."""
    rows = (row for bundle in batch.bundles for row, _entry in bundle.rows)
    return [(row.start, row.end) for row in rows if isinstance(row, PrivateSpan) and row.capture is capture]


def _capture_of(cite: Cite, captures: dict[str, list[Capture]]) -> Capture | None:
    if cite.source in captures:
        fitting = [each for each in captures[cite.source] if each.text_sha256.startswith(cite.capture)]
        return fitting[-1] if fitting else None
    held = Capture.objects.filter(source__slug=cite.source, text_sha256__startswith=cite.capture)
    return held.select_related("source").last()


def _find(
    cite: Cite, capture: Capture, private: list[quotes.Span], documents: Path | None, lock: Lock | None
) -> quotes.Found | None:
    if not cite.words.strip():
        return None
    try:
        text = text_of(capture, documents)
        if text is not None:
            _check_source_translations(cite, text)
            if cite.at is not None:
                return quotes.find(text, cite.words, at=cite.at, private=private)
            cite.entry.fault("at", f"is required: where the words begin. {_right_place(cite, text, private)}")
            return None
        if cite.at is None:
            cite.entry.fault("at", "is required: where the words begin. `manage.py quote` finds it.")
            return None
        if lock is None:
            cite.entry.fault("words", "cannot be checked: neither the text nor a lock is at hand.")
            return None
        if quotes.touches(cite.at, cite.at + len(cite.words), private):
            raise quotes.QuoteError("These words touch the name of a private person. Quote around it.")
        return lock.find(cite.source, capture.text_sha256, cite.words, cite.at)
    except quotes.WrongPlaceError as error:
        cite.entry.fault("words", f"{error} {_right_place(cite, text_of(capture, documents) or '', private)}")
    except ValueError as error:  # WrongTextError, any other QuoteError, or what the lock says
        cite.entry.fault("words", str(error))
    return None


def _right_place(cite: Cite, text: str, private: list[quotes.Span]) -> str:
    """Return a sentence: where the words do stand, how the text reads there, or why they cannot be found."""
    try:
        parts = _finder(text, tuple(private)).find(cite.words)
    except quotes.QuoteError as error:
        return str(error)
    if len(parts) > 1:
        each = " and ".join(f"{part.start} “{text[part.start : part.end]}”" for part in parts)
        return f"A page ends between these words. They are {len(parts)} excerpts: at {each}."
    [part] = parts
    reads = text[part.start : part.end]
    return f"They stand at {part.start}." if reads == cite.words else f"At {part.start} the text reads “{reads}”."


@lru_cache(maxsize=4)
def _finder(text: str, private: tuple[quotes.Span, ...]) -> Finder:
    """Return what finds words in a text, for a text that changed has a fault for each of its quotes."""
    return Finder(text, private)


def _check_source_translations(cite: Cite, text: str) -> None:
    for language, (words, by) in cite.translations.items():
        if by == "source" and words not in text:
            near = quotes.nearest(text, words)
            cite.entry.fault(f"translations.{language}", f"is not in the source word for word. Nearest: “{near}”")


def _excerpt(batch: Batch, cite: Cite, capture: Capture, place: quotes.Found, language: str) -> Excerpt:
    excerpt = Excerpt(
        id=derived_id(capture.id, f"{place.start}-{place.end}"),
        capture=capture,
        exact=cite.words,
        start=place.start,
        end=place.end,
        prefix=place.prefix,
        suffix=place.suffix,
        **cite.locator,
        language=language,
    )
    cite.excerpt = excerpt
    if cite.page_check and (excerpt.id not in batch.page_checks or cite.page_check.at):
        batch.page_checks[excerpt.id] = cite.page_check
    batch.quotes.append(Quote(cite.source, capture.text_sha256, cite.words, place))
    translations = [
        ExcerptTranslation(excerpt=excerpt, language=language, text=text, by=by)
        for language, (text, by) in cite.translations.items()
    ]
    for row in [excerpt, *translations]:
        check_row(row, cite.entry, batch.passed_checks)
    return _agree(batch, cite, excerpt, translations)


def _agree(batch: Batch, cite: Cite, excerpt: Excerpt, translations: list[ExcerptTranslation]) -> Excerpt:
    """Return the one excerpt of these words in the batch; whoever cites them must describe them in the same way."""
    first = batch.excerpts.setdefault(excerpt.id, excerpt)
    locator, known = _locator(excerpt), _locator(first)
    if locator[0] and known[0] and locator != known:
        cite.entry.fault("locator", f"differs from “{known[0]}”, given elsewhere for the same words.")
    if excerpt.language != first.language:
        cite.entry.fault("language", f"differs from “{first.language}”, given elsewhere for the same words.")
    first.locator_id, first.locator_en = known if known[0] else locator
    translated = {row.language: row for row in batch.translations.setdefault(excerpt.id, [])}
    for row in translations:
        if row.language not in translated:
            batch.translations[excerpt.id].append(row)
        elif (translated[row.language].text, translated[row.language].by) != (row.text, row.by):
            cite.entry.fault(f"translations.{row.language}", "differs from the one given elsewhere for the same words.")
    return first


def _locator(excerpt: Excerpt) -> tuple[str, str]:
    return excerpt.locator_id, excerpt.locator_en


def _compare_with_lock(batch: Batch, lock: Lock) -> None:
    for source in {quote.source for quote in batch.quotes}:
        locked = set(lock.sources.get(source, {}).get("quotes", {}))
        rows = {quote.place: quote for quote in batch.quotes if quote.source == source}
        if locked == set(rows) and lock.differs(source, list(rows.values())):
            batch.faults.append(Fault(f"sources/{source}.yaml", "", "", "its quotes differ from quotes.lock."))
