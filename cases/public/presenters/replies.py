"""The right of reply: of whom the state is told, and in which words. Every sentence says who asked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.documents.base import DocumentBase
from cases.documents.claims import PublishedClaim
from cases.documents.evidence import PublishedResponse, not_asked
from cases.documents.references import SubjectRef
from cases.public.labels import word
from cases.public.language_urls import page_language
from cases.vocabularies import ReplyState
from sources.dates import PartialDate

from .quotes import SourcedExcerpt, quote_of
from .speakers import short


@dataclass(frozen=True)
class Reply:
    """Whether somebody was asked and answered, with the words of the answer and the claims that it is about."""

    response: PublishedResponse
    quotes: list[SourcedExcerpt]
    claims: list[PublishedClaim]

    @property
    def who(self) -> SubjectRef:
        return self.response.who

    @property
    def label(self) -> str:
        """Return the state in few words, for a citation: “we have not yet asked for a reply”."""
        return word(self.response.state, "reply")

    @property
    def text(self) -> str:
        """Return the state in whole sentences, with the days that are known, in the language of the page."""
        return " ".join(_sentences(self))


@dataclass(frozen=True)
class ReplyLine:
    """Those of whom the same is told: one line beside a statement."""

    text: str
    people: list[SubjectRef]


def replies(document: DocumentBase) -> list[Reply]:
    """Return the state of the reply of everyone who has a right of reply, and of whoever else was asked."""
    known = {response.who.id for response in document.responses}
    rest = (who for key, who in document.answerable_in(*document.claims).items() if key not in known)
    return [reply_of(document, each) for each in (*document.responses, *map(not_asked, rest))]


def replies_to(document: DocumentBase, claim: PublishedClaim) -> list[Reply]:
    """Return the same beside one claim: of those who stand in it, and of whoever was asked about it."""
    return [reply_of(document, response) for response in document.replies_to(claim).values()]


def reply_lines(told: Iterable[Reply]) -> list[ReplyLine]:
    """Return one line for each sentence, with everyone of whom it is true."""
    lines: dict[str, ReplyLine] = {}
    for reply in told:
        lines.setdefault(reply.text, ReplyLine(reply.text, [])).people.append(reply.who)
    return list(lines.values())


def reply_of(document: DocumentBase, response: PublishedResponse) -> Reply:
    quotes = [quote_of(document, key) for key in response.excerpts]
    return Reply(response, quotes, [document.claim(key) for key in response.claims])


def _sentences(reply: Reply) -> Iterator[str]:
    response = reply.response
    if response.state == ReplyState.NOT_ASKED:
        why = word(response.not_asked_because, "not_asked_because")
        yield _("We have not yet asked for a reply: %s.") % why if why else _("We have not yet asked for a reply.")
        return
    asked, due, answered = (_day(day) for day in (response.asked, response.deadline, response.answered))
    if response.state == ReplyState.ASKED_BY_SOURCE:
        source = reply.quotes[0].source if reply.quotes else None
        yield _("Asked by the source (%s).") % short(source) if source else _("Asked by the source.")
        yield response.note.choose(page_language()) if response.note else ""
        return
    if asked:
        yield _("We asked for a reply on %s.") % asked
    elif response.state == ReplyState.ASKED:
        yield _("We have asked for a reply.")
    if response.state == ReplyState.ASKED:
        if due:
            yield _("It is due by %s.") % due
        yield _("No reply so far.")
    elif response.state == ReplyState.ANSWERED:
        yield _("Replied on %s.") % answered if answered else _("Replied.")
        if response.denies:
            yield _("The reply denies it.")
    elif response.state == ReplyState.NO_ANSWER_BY and due:
        yield _("No reply by %s.") % due
    else:
        label = reply.label
        yield f"{label[:1].upper()}{label[1:]}."


def _day(date: str | None) -> str:
    return PartialDate(date).display(page_language()) if date else ""
