"""What can be followed: a page of the record, or a search; how it is called, its feed, and what changed in it."""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from cases.http.query_parameters import BadParameterError, check_names
from cases.http.search_parameters import SEARCH_PARAMETERS, request_of
from cases.models import Record, Revision
from cases.public.labels import topic_name, word
from cases.public.language_urls import page_language, with_query
from cases.public.list_filters import PLACE_PARTS
from cases.record.lookup import find_claim
from cases.record.names import KIND_OF_FOLDER
from cases.record.stored_document import MovedError, NotInRecordError, WithdrawnError
from cases.search.find import SearchRequest, search
from cases.search.index.engine import FACETS
from cases.search.query.parser import SearchQueryError
from cases.vocabularies import ActorKind, topics
from sources.json_fields import LanguageMap

MAX_TARGET_CHARS = 1000
# Results of a search that a digest reads, the newest first
RESULTS_READ = 50
SEARCH_PATH = "/search/"
ALL_CHANGES = "/changes/"


@dataclass(frozen=True)
class Target:
    """What is followed. `path` is its address without language, the same for every way of asking for it.

    `record` is None for a search and for the whole record. `called` never names a person alone.
    """

    path: str
    feed: str
    called: str
    record: Record | None = None
    query: SearchRequest | None = None

    def revisions(self, after: int, until: int) -> QuerySet[Revision]:
        """Return what happened to what is followed after `after` and up to `until`, the newest first."""
        rows = Revision.objects.filter(seq__gt=after, seq__lte=until)
        if self.query:
            rows = rows.filter(seq__in=[hit.seq for hit in search(self.query).hits])
        elif self.record:
            rows = rows.filter(_about(self.record))
        return rows.order_by("-seq")


def target_of(text: str) -> Target:
    """Return what a path with its query means. Raises ValueError where nothing of the kind can be followed."""
    if len(text) > MAX_TARGET_CHARS or not text.isprintable():
        raise ValueError(text)
    parts = urlsplit(text.strip())
    if parts.netloc or parts.scheme:
        raise ValueError(text)
    path = parts.path.removeprefix("/en") if parts.path.startswith("/en/") else parts.path
    folder, _slash, slug = path.strip("/").partition("/")
    if path == ALL_CHANGES:
        return Target(path, "/changes/atom.xml", _("everything in this record"))
    if path == SEARCH_PATH:
        return _search_target(QueryDict(parts.query))
    if folder == "topics" and slug in topics():
        return _search_target(QueryDict(f"topic={slug}"))
    if folder == "claims" and slug:
        return _of_claim(slug)
    if folder in KIND_OF_FOLDER and slug:
        return _record_target(KIND_OF_FOLDER[folder], slug.partition("/")[0], f"/{folder}/")
    raise ValueError(text)


def _record_target(kind: str, slug: str, folder: str) -> Target:
    """Return a record by a slug that it has or had, withdrawn or not."""
    known = Record.objects.filter(kind=kind, slug=slug).order_by("-since_seq").first()
    if known is None:
        raise ValueError(slug)
    newest = Record.objects.filter(object_id=known.object_id).order_by("-since_seq")[0]
    title = LanguageMap(id=newest.title_id, en=newest.title_en).choose(page_language())
    called = word(ActorKind.PERSON, "actor_kind") if newest.subkind == ActorKind.PERSON else title
    path = f"{folder}{newest.slug}/"
    return Target(path, f"{path}atom.xml", called, record=newest)


def _of_claim(claim_id: str) -> Target:
    """Return the record in which a claim stands."""
    try:
        document = find_claim(claim_id)[1].document
    except (NotInRecordError, MovedError, WithdrawnError) as none:
        raise ValueError(claim_id) from none
    folder = f"/{document.path.strip('/').split('/')[0]}/"
    return _record_target(document.kind, document.slug, folder)


def _search_target(query: QueryDict) -> Target:
    """Return a search as its feed has it: strict, whatever its order and page. Raises ValueError."""
    try:
        check_names(query, SEARCH_PARAMETERS, repeatable=FACETS)
        asked = replace(request_of(query, language=page_language(), size=RESULTS_READ), sort="recent", match="all")
        search(replace(asked, limit=1, offset=0))
    except (BadParameterError, SearchQueryError) as bad:
        raise ValueError(str(bad)) from bad
    if not asked.text and not asked.selected:
        raise ValueError("everything")
    chosen = {"q": asked.text, **asked.selected}
    path = with_query(SEARCH_PATH, chosen)
    if len(path) > MAX_TARGET_CHARS:
        raise ValueError(path)
    topic = asked.selected.get("topic", ())
    only_topic = not asked.text and list(asked.selected) == ["topic"] and len(topic) == 1
    called = _("the topic “%s”") % topic_name(topic[0]) if only_topic else _("the results of a search")
    return Target(path, with_query("/search/atom.xml", chosen), called, query=replace(asked, offset=0))


def _about(record: Record) -> Q:
    """Return the revisions of a record; of a place, of all that names or named it, as in its feed."""
    own = Q(object_id=record.object_id)
    if record.kind != "place":
        return own
    linked = Record.objects.filter(links__target=str(record.object_id), links__part__in=PLACE_PARTS)
    return own | Q(object_id__in=linked.values("object_id"))
