"""What a printed sheet says: a few statements with their words, and what to know of them. Never a name alone.

A record prints its own statements; an actor without any, the statements of other records that name it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from cases.documents.base import DocumentBase
from cases.documents.claims import PublishedClaim
from cases.documents.references import SourceRef
from cases.documents.types import ActorDocument, SubjectDocument
from cases.models import Record
from cases.public.language_urls import page_language
from cases.record.stored_document import StoredDocument

from .actor_page import ActorPage
from .claim_view import ClaimView
from .named_in import NamedIn, matters_naming
from .proceedings import no_proceedings, without_stage
from .replies import Reply, ReplyLine, replies, reply_lines
from .statements import OpenQuote, Statement, StatementRun, statement_runs
from .word_meanings import WordMeaning, word_meanings

# As much as one sheet of A4 holds at a size that can be read at one metre; it says how many more statements there are
MAX_STATEMENTS, MAX_CHARS = 3, 880
QUOTE_MAX_CHARS = 120


@dataclass(frozen=True)
class Sheet:
    """The statements of a sheet. `others` is how many more the page has."""

    document: DocumentBase
    statements: list[Statement]
    others: int
    matters: Sequence[DocumentBase]
    seq: int | None

    @property
    def runs(self) -> list[StatementRun]:
        return statement_runs(self.statements)

    @property
    def claims(self) -> list[PublishedClaim]:
        return [each.view.claim for each in self.statements]

    @cached_property
    def reply_lines(self) -> list[ReplyLine]:
        """Return the state of the reply of everybody in these statements, and of whoever else the record accuses."""
        told: dict[tuple[str, str], Reply] = {}
        of_record = [reply for matter in self.matters for reply in self._replies_in(matter)]
        for reply in [*(reply for each in self.statements for reply in each.view.replies), *of_record]:
            told.setdefault((reply.who.id, reply.text), reply)
        return reply_lines(told.values())

    @property
    def names_who_may_reply(self) -> bool:
        """Return whether a reply needs a name: not where the same is true of all whom the sheet of a record accuses."""
        return self.document.kind == "actor" or len(self.reply_lines) > 1

    def _replies_in(self, matter: DocumentBase) -> list[Reply]:
        """Return the replies to a record; of another record than that of this sheet, only that of whom it is."""
        if matter.id == self.document.id:
            return replies(matter)
        return [reply for reply in replies(matter) if reply.who.id == self.document.id]

    @property
    def no_proceedings(self) -> list[str]:
        """Return, of those whom these statements accuse, that their sources tell of no proceedings."""
        without = without_stage(self.claims, self.seq)
        said = (no_proceedings(claim, without) for claim in self.claims)
        return list(dict.fromkeys(filter(None, said)))

    @property
    def sources(self) -> list[SourceRef]:
        """Return the sources of the words on it, each once."""
        return list({each.quote.source.slug: each.quote.source for each in self._quotes}.values())

    @property
    def meanings(self) -> list[WordMeaning]:
        """Return what the hard words on it mean."""
        said = [claim.statement.choose(page_language()) for claim in self.claims]
        return word_meanings([*said, *(each.text.plain for each in self._quotes)])

    @property
    def _quotes(self) -> list[OpenQuote]:
        return [quote for each in self.statements for quote in words_on_paper(each)]


def sheet_of(stored: StoredDocument, named_in: NamedIn | None = None) -> Sheet | None:
    """Return the sheet of one version; None where it would carry no statement: then no page offers one.

    `named_in` is what names the subject now, for who has it at hand.
    """
    document, seq = stored.document, None if stored.current else stored.revision.seq
    if isinstance(document, SubjectDocument) and document.claims:
        leads = document.lead_claims or document.claims
        statements = _fitting([ClaimView(claim, document) for claim in leads])
        return Sheet(document, statements, len(document.claims) - len(statements), [document], seq)
    if not isinstance(document, ActorDocument):
        return None
    naming = named_in if named_in and stored.current else _naming(stored)
    page = ActorPage(document, naming)
    statements = _fitting([row.view for row in [*filter(None, [page.headline_elsewhere]), *page.rows]])
    matters = [each.document for each in naming.matters]
    return Sheet(document, statements, len(naming.claims) - len(statements), matters, seq) if statements else None


def _naming(stored: StoredDocument) -> NamedIn:
    """Return what names a subject; of an earlier version only what stood when it did and stands unchanged now."""
    object_id = stored.document.id
    now = matters_naming(object_id, None)
    if stored.current:
        return now
    ended = Record.objects.filter(since_seq=stored.revision.seq).values_list("until_seq", flat=True).first()
    if ended is None:
        return NamedIn([], None)
    standing = {(each.document.id, each.document.version.number) for each in now.matters}
    then = matters_naming(object_id, ended - 1)
    kept = [each for each in then.matters if (each.document.id, each.document.version.number) in standing]
    return NamedIn(kept, then.capped)


def _fitting(views: list[ClaimView]) -> list[Statement]:
    """Return the first statement, and of those that follow in their order as many as there is room for."""
    fitting: list[Statement] = []
    for each in (Statement(view, max_chars=QUOTE_MAX_CHARS) for view in views):
        room = MAX_CHARS - sum(map(_length, fitting))
        if not fitting or (len(fitting) < MAX_STATEMENTS and _length(each) <= room):
            fitting.append(each)
    return fitting


def _length(statement: Statement) -> int:
    """Return how many characters of a sheet it takes with its words and with what is told of it.

    Of the longer language, so that both languages print the same statements.
    """
    view = statement.view
    said = [view.claim.statement, *(unknown.unknown.note for unknown in view.unknowns)]
    words = [quote.text.plain for quote in words_on_paper(statement)]
    return sum(max(len(each.id or ""), len(each.en or "")) for each in said if each) + sum(
        map(len, [*words, *view.steps_before])
    )


def words_on_paper(statement: Statement) -> list[OpenQuote]:
    """Return the words under a statement: both sides where its source tells it in two ways, else the strongest."""
    return [words for _side, words in statement.sides] or [statement.quote]
