"""Words for readers: the labels of closed lists."""

import re
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import vocabularies as cases
from cases.claim_kinds import ASPECTS, DETAILED, ClaimKindName, property_label
from cases.search.query.parser import QUERY_FIELDS
from sources import vocabularies as sources
from sources.vocabularies import Vocabulary

from .language_urls import page_language

# The closed lists by name: those of second words are named like their kind, those of numbers like their property
LISTS: dict[str, type[Vocabulary]] = {
    **ASPECTS,
    **{
        f"{kind.name}.{field.name}": field.vocabulary
        for kind in DETAILED.values()
        for field in kind.fields
        if field.vocabulary
    },
    "kind": cases.SubjectKind,
    "actor_kind": cases.ActorKind,
    "system_kind": cases.SystemKind,
    "place_kind": cases.PlaceKind,
    "source_kind": sources.SourceKind,
    "source_aspect": sources.SourceAspect,
    "standing": cases.Standing,
    "claim": ClaimKindName,
    "part": cases.Part,
    "relation": cases.Relation,
    "family": cases.ConflictFamily,
    "reply": cases.ReplyState,
    "not_asked_because": cases.NotAskedBecause,
    "unknown": cases.UnknownReason,
    "alias": cases.AliasKind,
    "identifier": cases.IdentifierScheme,
    "action": cases.Action,
    "withdrawal": cases.WithdrawalReason,
    "language": sources.Language,
    "translated_by": sources.TranslatedBy,
}
FOLDER_TITLES = {
    "case": gettext_lazy("Cases"),
    "collaboration": gettext_lazy("Collaborations"),
    "actor": gettext_lazy("People & bodies"),
    "system": gettext_lazy("Systems"),
    "source": gettext_lazy("Sources"),
    "place": gettext_lazy("Places"),
}
# Who is not known, of parts whose label is no noun
WHO_TITLES: dict[str, Promise] = {
    cases.Part.ACCUSED: gettext_lazy("who is said to have done this"),
    cases.Part.CRITICISED: gettext_lazy("who is criticised"),
    cases.Part.HOLDER: gettext_lazy("who holds the office"),
    cases.Part.MEASURER: gettext_lazy("who measured it"),
    cases.Part.NAMED: gettext_lazy("who is mentioned"),
}
# What is not known, asked as a reader would: a bare “start” says nothing beside a reason
QUESTIONS: dict[str, Promise] = {
    "start": gettext_lazy("since when"),
    "end": gettext_lazy("until when"),
    "currency": gettext_lazy("in which currency"),
}
FACET_TITLES = {
    "kind": gettext_lazy("Kind of record"),
    "standing": gettext_lazy("How firmly it is said"),
    "place": gettext_lazy("Place"),
    "topic": gettext_lazy("Topic"),
    "source": gettext_lazy("Source"),
    "year": gettext_lazy("Year it is about"),
}
# The same in a list of what can be chosen
FACET_NAMES = {
    "kind": gettext_lazy("kind"),
    "standing": gettext_lazy("firmness"),
    "place": gettext_lazy("place"),
    "topic": gettext_lazy("topic"),
    "source": gettext_lazy("source"),
    "year": gettext_lazy("year"),
}
FIELD_TITLES = FACET_TITLES | {
    "title": gettext_lazy("Title or other name"),
    "statement": gettext_lazy("Statement"),
    "quote": gettext_lazy("Quote"),
    "author": gettext_lazy("Author of a source"),
    "party": gettext_lazy("Named in a statement"),
}
# What may be asked for in each field of a search (cases.search.query.parser)
FIELD_EXAMPLES = {
    "kind": "actor",
    "standing": "potential",
    "place": "bandung",
    "topic": "cctv",
    "source": "fitri-2017",
    "year": "2017",
    "title": "telkom",
    "statement": "wifi",
    "quote": "gratis",
    "author": "fitri",
    "party": "telkom",
}
SORT_TITLES = {
    "relevance": gettext_lazy("Best match"),
    "date": gettext_lazy("Date of event"),
    "recent": gettext_lazy("Newest"),
}
WHERE_MATCHED = {
    "title": gettext_lazy("in the title"),
    "alias": gettext_lazy("in another name"),
    "statement": gettext_lazy("in a statement"),
    "quote": gettext_lazy("in a quote"),
    "translation": gettext_lazy("in the translation of a quote"),
    "author": gettext_lazy("in the name of an author"),
    "source": gettext_lazy("in the name of a source"),
    "place": gettext_lazy("in the name of a place"),
    "party": gettext_lazy("in the name of a party"),
}
HOW_MATCHED = {
    "exact": gettext_lazy("as it was typed"),
    "beginning": gettext_lazy("by its beginning"),
    "stem": gettext_lazy("in another form of the word"),
    "synonym": gettext_lazy("by a word that means the same"),
    "translation": gettext_lazy("by its translation"),
    "typo": gettext_lazy("in a similar spelling"),
    "rounded": gettext_lazy("the source is more precise"),
    "part": gettext_lazy("one word of it alone"),
    "near": gettext_lazy("a word near to it"),
}
# Words of a source between asterisks that touch them stood in italics; an asterisk without its partner stays as it is
EMPHASIS = re.compile(r"\*(?!\s)([^*\n]+)(?<!\s)\*")
OTHER_PARTS = {"said_by": gettext_lazy("says so"), "relayed_by": gettext_lazy("passes it on")}


def word(value: str | None, name: str) -> str:
    """Return the label of a stored word of the list `name`; a word of a newer or older list stands as it is."""
    return _word(value, name, page_language()) if value else ""


@lru_cache(maxsize=1024)  # closed lists in two languages; a page asks for the same few words again and again
def _word(value: str, name: str, language: str) -> str:
    if name == "kind" and value == "source":
        return _("source")
    words = LISTS.get(name)
    return str(words(value).label) if words and value in words.values else value


def search_fields() -> list[tuple[str, str, str]]:
    """Return (title, the field in English with a value, the same in Indonesian) of every field of a search."""
    return [
        (str(FIELD_TITLES[name]), f"{name}:{FIELD_EXAMPLES[name]}", f"{indonesian}:{FIELD_EXAMPLES[name]}")
        for name, indonesian in QUERY_FIELDS.items()
    ]


def part_name(part: str) -> str:
    return str(OTHER_PARTS.get(part) or word(part, "part"))


def property_name(name: str) -> str:
    """Return a property such as `transfer.kind` in words; one of a newer or older list stands as it is."""
    return _property(name, page_language())


@lru_cache(maxsize=1024)
def _property(name: str, language: str) -> str:
    try:
        return property_label(name)
    except KeyError:
        return name


def unknown_name(name: str, *, described: bool) -> str:
    """Return what is not known: “amount”, “who measured it”; of somebody described, “who the recipient is”."""
    if name in WHO_TITLES:
        return str(WHO_TITLES[name])
    if question := QUESTIONS.get(name.rsplit(".", 1)[-1]):
        return str(question)
    label = property_name(name)
    return _("who the %s is") % label if described else label


def side_value(value: str, name: str) -> str:
    """Return what one side of a conflict says: a word of a closed list by its label, anything else as it stands."""
    return word(value, name) if name == "standing" or "." in name else value


def topic_name(code: str) -> str:
    topic = cases.topics().get(code)
    return topic.label[page_language()] if topic else code
