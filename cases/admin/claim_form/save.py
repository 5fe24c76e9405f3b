"""Writing a claim from the words of a copy: its excerpts, parties, numbers and what it leaves open, all or nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max, Model
from django.utils.text import slugify

from cases.models import Actor, Citation, Claim, Party, Subject, Unknown
from cases.publication.checks import claim_faults
from cases.vocabularies import UnknownReason
from sources.models import Excerpt
from sources.quotes import Span, excerpt_at
from sources.reading import OpenCapture

from .form import ClaimEntry

MAX_KEY_CHARS = 60


@dataclass
class Saved:
    """A claim that was written, what was added along with it, and where its sources are said to differ."""

    claim: Claim
    excerpts: list[Excerpt]
    added: list[Model] = field(default_factory=list)
    in_dispute: list[str] = field(default_factory=list)


def save_claim(entry: ClaimEntry, opened: OpenCapture, spans: Sequence[Span]) -> Saved:
    """Write the claim of a valid form, in the caller's transaction. Words that are an excerpt already are cited."""
    claim: Claim = entry.claim.instance
    claim.key = _free(slugify(claim.statement_id or claim.statement_en)[:MAX_KEY_CHARS] or claim.kind, claim.subject)
    last = claim.subject.claims.aggregate(last=Max("position"))["last"]
    claim.position = 1 if last is None else last + 1
    saved = Saved(claim, [])
    entry.claim.save()
    if more := entry.claim.cleaned_data.get("more_place"):
        claim.places.add(more)
    if entry.numbers is not None and entry.numbers.has_changed():
        entry.numbers.instance.claim = claim
        entry.numbers.save()
    _save_parties(entry, saved)
    _save_gaps(entry, saved)
    saved.excerpts = save_excerpts(entry, opened, spans, saved.added)
    for position, excerpt in enumerate(saved.excerpts):
        Citation.objects.create(claim=claim, excerpt=excerpt, position=position)
    return saved


def save_excerpts(entry: ClaimEntry, opened: OpenCapture, spans: Iterable[Span], added: list[Model]) -> list[Excerpt]:
    """Return the excerpts of some spans, made where there are none; new ones are appended to `added`."""
    capture, about = opened.capture, entry.claim.cleaned_data
    found = []
    for start, end in spans:
        excerpt = Excerpt.objects.filter(capture=capture, start=start, end=end).first()
        if excerpt is None:
            place = excerpt_at(opened.text, start, end, capture.private)
            excerpt = Excerpt(capture=capture, exact=opened.text[start:end], **vars(place))
            excerpt.language = capture.source.language
            excerpt.locator_id, excerpt.locator_en = about.get("locator_id", ""), about.get("locator_en", "")
            excerpt.full_clean()
            excerpt.save()
            added.append(excerpt)
        found.append(excerpt)
    return found


def add_passage(claim: Claim, excerpts: Iterable[Excerpt]) -> None:
    """Let a claim stand on more words; those that it has already are left as they are."""
    last = claim.citations.aggregate(last=Max("position"))["last"] or 0
    for position, excerpt in enumerate(excerpts, start=last + 1):
        Citation.objects.get_or_create(claim=claim, excerpt=excerpt, defaults={"position": position})


def faults_if_saved(entry: ClaimEntry, opened: OpenCapture, spans: Sequence[Span]) -> list[str]:
    """Return what would speak against publishing the claim of a valid form. Nothing of it stays written."""
    with transaction.atomic():
        saved = save_claim(entry, opened, spans)
        found = claim_faults(saved.claim)
        transaction.set_rollback(True)
    return found


def _save_parties(entry: ClaimEntry, saved: Saved) -> None:
    made: dict[str, Actor] = {}
    there: set[tuple[str, object]] = set()
    for position, form in enumerate(form for form in entry.parties.forms if form.has_changed() and form.is_filled):
        who: Subject | None = form.cleaned_data.get("who")
        if isinstance(who, Actor) and who._state.adding:
            who = made.setdefault(who.title_id, who)
            if who._state.adding:
                who.kind, who.slug = who.KIND, _free_slug(who.title_id)
                who.full_clean()
                who.save()
                saved.added.append(who)
        part, words = form.cleaned_data["part"], form.cleaned_data["as_stated"]
        if who is not None and (part, who.pk) in there:
            continue
        there.add((part, who.pk if who else words))
        Party.objects.create(claim=saved.claim, part=part, who=who, as_stated=words, position=position)


def _save_gaps(entry: ClaimEntry, saved: Saved) -> None:
    """Note what is left empty and why. What has a value after all needs no reason."""
    claim = saved.claim
    parts = set(claim.parties.values_list("part", flat=True))
    source = entry.capture.source
    outside = UnknownReason.NOT_HELD if source.known_through.exists() else UnknownReason.NOT_IN_OUR_COPY
    for name, given in entry.gaps.cleaned_data.items():
        columns = [getattr(claim.detail, each, "") for each in (name, f"{name}_id")] if claim.detail else []
        if not given or name in parts or any(columns) or (name == "date" and (claim.start or claim.end)):
            continue
        if given == "differ":
            saved.in_dispute.append(name)
            continue
        reason = outside if given == "outside" else UnknownReason.NOT_IN_SOURCE
        row = Unknown(subject=claim.subject, claim=claim, property=name, reason=reason)
        row.full_clean()
        row.save()


def _free(key: str, subject: Subject) -> str:
    taken, number, name = set(subject.claims.values_list("key", flat=True)), 2, key
    while name in taken:
        name, number = f"{key}-{number}", number + 1
    return name


def _free_slug(title: str) -> str:
    slug = name = slugify(title)[:100] or "actor"
    number = 2
    while Actor.objects.filter(slug=name).exists():
        name, number = f"{slug}-{number}", number + 1
    return name
