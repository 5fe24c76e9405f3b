"""Filter sets: the query parameters of every list. What is not declared here is refused."""

from copy import copy
from functools import cache, cached_property
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django_filters import FilterSet

from cases.claim_kinds import ASPECTS, ClaimKindName
from cases.http.query_parameters import BadParameterError
from cases.models import RecordExcerpt
from cases.models.record import VersionedQuerySet
from cases.vocabularies import ActorKind, ConflictFamily, Part, PlaceKind, Standing, SystemKind
from sources.vocabularies import SourceKind

from . import fields, filters
from .filters import Choice, Contains, DetailWord, Flag, From, LinkedTo, OfPlace, OneOf, Since, To, Whole

PARTS = [*Part.values, "said_by"]
# Whole documents on one page
MAX_DOCUMENTS = 50


class Topics(LinkedTo):
    """Rows of any of the topics given by code."""

    field_class = fields.TopicsField


class Families(LinkedTo):
    """Rows about which there is a disagreement of any of these families."""

    field_class = fields.ChoicesField


FAMILIES_HELP = (
    "Of what family a disagreement about it is: `denied` (by a reply) and `sources_differ` are news; `inconsistent` "
    "(one source says two things), `unclear` (two readings) and `identity` (names read as one) are our reading notes."
)


class InheritedTopics(filters.Inherited):
    field_class = fields.TopicsField


class Listing(FilterSet):  # type: ignore[misc] # django-filter has no types
    """The parameters of every list."""

    base_filters: dict[str, filters.Parameter[Any]]

    as_of = filters.AsOf("Show the list of this day (its end in Asia/Jakarta) or time.")
    q = Contains("Words that stand in it next to each other, whatever their case, accents and punctuation.")
    changed_since = Since(
        "Only what was published or corrected after this seq or time, or from the beginning of this day on "
        "(Asia/Jakarta).",
        field_name="since_seq",
        lookup_expr="gt",
    )
    limit = Whole("Results on one page.", minimum=1, maximum=200, initial=50)
    cursor = filters.Cursor("Where to go on: only from `next` and `previous` of an earlier answer to the same query.")
    count = Flag("Also count all that match.", initial=False)

    def __init__(self, data: QueryDict, queryset: VersionedQuerySet) -> None:
        """Take those filters that the query names, and `as_of`.

        django-filter copies every filter that it takes: all twenty cost more than to read the page.
        """
        self.base_filters = {name: each for name, each in self.base_filters.items() if name in data or name == "as_of"}
        super().__init__(data, queryset)

    @classmethod
    @cache
    def form_fields(cls) -> dict[str, fields.QueryField]:
        """Return the field of every parameter. A filter remembers its field, so it is asked of a copy."""
        return {name: copy(each).field for name, each in cls.base_filters.items()}

    def get_form_class(self) -> type[forms.Form]:
        """Return the form of the filters that were taken."""
        named = {name: field for name, field in self.form_fields().items() if name in self.filters}
        return type("QueryForm", (forms.Form,), named)

    @cached_property
    def cleaned(self) -> dict[str, Any]:
        """Return the value of every parameter, its default where the query does not name it."""
        defaults = {name: field.to_python(None) for name, field in self.form_fields().items()}
        return {**defaults, **self.form.cleaned_data}

    def validate(self) -> None:
        """Raise BadParameterError for what is not declared (django-filter would ignore it) or does not fit together."""
        fields.clean_query(self.form, self.form_fields())
        self.check()

    def check(self) -> None:
        """Raise BadParameterError for what no single parameter can see."""

    def extra_members(self) -> dict[str, Any]:
        """Return what the envelope says beside the query."""
        return {}

    def applied(self) -> dict[str, Any]:
        """Return the query as it was understood, with defaults; without `cursor` and `as_of`."""
        shown = {}
        known = self.form_fields()
        for name, value in self.cleaned.items():
            if name in self.data and name not in ("cursor", "as_of"):
                given = self.data.getlist(name)
                is_plain = isinstance(value, bool | int) and name.partition("_")[0] not in ("amount", "months")
                shown[name] = value if is_plain else given if known[name].many else given[0]
            elif known[name].initial is not None:
                shown[name] = known[name].initial
        return shown


PERIODS = (
    "The period of a claim is that of its dates; of a document, from the earliest to the latest of its stages, "
    "penalties, contracts, transfers, ties, roles and events (not of plans, figures, findings or descriptions, whose "
    "dates `claims` finds); of a source, when it was published. Where a date is read or told in two ways, both count. "
    "What was going on when its source was written has no end; any other date without an end ends with itself."
)


class Dated(Listing):
    to = To(f"Dated, and begun by the end of this date: overlap of periods. {PERIODS}")
    locals()["from"] = From(  # a reserved word
        f"Dated, and not over before this date: overlap of periods. {PERIODS}"
    )

    def check(self) -> None:
        first, last = self.cleaned["from"], self.cleaned["to"]
        if first and last and first.first_day > last.last_day:
            raise BadParameterError("to", f"“to” is {last}, which is over before “from” ({first}) begins.")


class Records(Dated):
    """The parameters of every list of documents."""

    order = Choice("`title`, or `recent`: last published first.", words=("title", "recent"), initial="title")
    include = Choice(
        f"`document`: whole documents instead of cards, with `meta` beside them; at most {MAX_DOCUMENTS}.",
        words=("document",),
    )

    def check(self) -> None:
        super().check()
        if self.cleaned["include"] and self.cleaned["limit"] > MAX_DOCUMENTS:
            raise BadParameterError(
                "limit", f"With include=document, “limit” is at most {MAX_DOCUMENTS}.", str(MAX_DOCUMENTS)
            )


class Subjects(Records):
    place = LinkedTo(
        "Slug of a place that it or one of its claims names: exactly this place.", kind="place", parts=("place",)
    )
    topic = Topics("Code of a topic, its own or of one of its claims.", parts=("topic",))
    source = LinkedTo("Slug of a source that it cites.", kind="source", parts=("source",))
    actor = LinkedTo("Slug of an actor that it names, as whatever.", kind="actor")
    standing = filters.AnyClaim("Some claim has this standing.", field_name="standing", words=Standing)
    standing_below = filters.AnyClaimBelow("Some claim is weaker than this.", field_name="standing", words=Standing)

    transfer_kind = DetailWord(
        "Some claim is of a transfer of this kind, or one side of a disagreement says so.",
        kind="transfer",
        field="kind",
    )
    stage = DetailWord("Some claim records this step of proceedings.", kind="stage", field="stage")
    penalty_kind = DetailWord("Some claim records a penalty of this kind.", kind="penalty", field="kind")
    contract_step = DetailWord("Some claim records this step of a purchase.", kind="contract", field="step")
    identifier = filters.Identified("What a register or list calls it: `scheme:value`, as in `tender_code:88120431`.")
    has_conflict = filters.HasLink("Whether it notes a disagreement of any family.", part="conflict")
    conflict_family = Families(FAMILIES_HELP, parts=("conflict",), words=ConflictFamily)
    has_unknown = filters.HasLink("Whether something in it is said to be unknown.", part="unknown")


class Actors(Subjects):
    actor_kind = OneOf("Kind of actor.", field_name="subkind", words=ActorKind)


class Systems(Subjects):
    system_kind = OneOf("Kind of system.", field_name="subkind", words=SystemKind)


class Places(Subjects):
    place_kind = OneOf("Kind of place.", field_name="subkind", words=PlaceKind)
    place = OfPlace(
        "Slug of a place: exactly this place, and places of which a claim names it. Those in it are found by `parent`.",
        kind="place",
        parts=("place",),
    )
    parent = LinkedTo("Slug of the place directly above it.", kind="place", parts=("parent",))


class Sources(Records):
    source_kind = OneOf("Kind of source.", field_name="subkind", words=SourceKind)


# Of the list of each kind of document
FILTERSETS: dict[str, type[Records]] = {
    "case": Subjects,
    "collaboration": Subjects,
    "actor": Actors,
    "system": Systems,
    "place": Places,
    "source": Sources,
}


class Claims(Dated):
    order = Choice(
        "`subject`: by title of the subject, then as told there; or `recent`: last published first.",
        words=("subject", "recent"),
        initial="subject",
    )
    subject = filters.SubjectFilter("What the claim is about: `cases/slug`, or an id.")
    kind = OneOf("Kind of claim.", field_name="kind", words=ClaimKindName)
    aspect = OneOf(
        "Role, tie, aspect of a finding or firmness of a plan.",
        field_name="aspect",
        words=dict.fromkeys(word for words in ASPECTS.values() for word in words.values),
    )
    standing = OneOf("How firmly it is said.", field_name="standing", words=Standing)
    standing_below = filters.Below("Said less firmly than this.", field_name="standing", words=Standing)
    actor = LinkedTo("Slug of an actor that stands in the claim or says it; with `part`, as that.", kind="actor")
    part = Choice("As what: a part that `actor` has or, without `actor`, that anyone known has.", words=PARTS)
    source = LinkedTo("Slug of a source: it is cited, says it or relays it.", kind="source")
    place = filters.Inherited(
        "Slug of a place: the claim's own or, where it names none, its subject's.", kind="place", parts=("place",)
    )
    topic = InheritedTopics("Code of a topic: the claim's own or, where it has none, its subject's.", parts=("topic",))
    transfer_kind = DetailWord(
        "What moved, by its word; where the words disagree on it, by the word of either side.",
        kind="transfer",
        field="kind",
    )
    stage = DetailWord("Step of proceedings, by its word.", kind="stage", field="stage")
    penalty_kind = DetailWord("What was imposed, by its word.", kind="penalty", field="kind")
    contract_step = DetailWord("Step of a purchase, by its word.", kind="contract", field="step")
    months_min = filters.AmountBound(
        "Penalties with a term of at least so many months; `penalty_kind=prison` for prison terms only.",
        field_name="months_hundredths",
        lookup_expr="gte",
    )
    months_max = filters.AmountBound(
        "Penalties with a term of at most so many months.", field_name="months_hundredths", lookup_expr="lte"
    )
    currency = filters.CurrencyFilter(
        "Transfers, contracts and penalties in this currency (ISO 4217), or `not_stated`."
    )
    amount_min = filters.AmountBound(
        "Transfers, contracts and penalties of at least this; needs `currency`.",
        field_name="amount_hundredths",
        lookup_expr="gte",
    )
    amount_max = filters.AmountBound(
        "Transfers, contracts and penalties of at most this; needs `currency`.",
        field_name="amount_hundredths",
        lookup_expr="lte",
    )
    has_conflict = filters.HasLink("Whether a disagreement of any family is noted about it.", part="conflict")
    conflict_family = Families(FAMILIES_HELP, parts=("conflict",), words=ConflictFamily)
    has_unknown = filters.HasLink("Whether something about it is said to be unknown.", part="unknown")

    def check(self) -> None:
        super().check()
        cleaned = self.cleaned
        for name in ("amount_min", "amount_max"):
            if cleaned[name] is not None and cleaned["currency"] is None:
                raise BadParameterError(name, f"“{name}” needs a currency, such as IDR or not_stated.", "currency")
        for name in ("amount", "months"):
            least, most = cleaned[f"{name}_min"], cleaned[f"{name}_max"]
            if least is not None and most is not None and least > most:
                raise BadParameterError(
                    f"{name}_max", f"“{name}_max” is less than “{name}_min”: nothing is between them."
                )

    def extra_members(self) -> dict[str, Any]:
        """Return, for a bound of the amount, how many claims of money fit otherwise but cannot be compared with it."""
        cleaned = self.cleaned
        if cleaned["amount_min"] is None and cleaned["amount_max"] is None:
            return {}
        rows = self.fitting(self.queryset, cleaned | dict.fromkeys(("currency", "amount_min", "amount_max")))
        comparable = Q(currency=cleaned["currency"], amount_hundredths__isnull=False)
        return {"not_compared": rows.filter(~comparable, is_of_money=True).count()}

    def filter_queryset(self, queryset: VersionedQuerySet) -> VersionedQuerySet:
        return self.fitting(queryset, self.cleaned)

    def fitting(self, rows: VersionedQuerySet, cleaned: dict[str, Any]) -> VersionedQuerySet:
        """Return the rows that match. `actor` and `part` are one question: somebody in that part."""
        part = cleaned["part"]
        if part and cleaned["actor"]:
            self.filters["actor"].parts = (part,)
        elif part:
            rows = rows.filter(Exists(filters.links_of(rows).filter(part=part)))
        for name, each in self.filters.items():
            rows = each.filter(rows, cleaned[name])
        return rows


class TakenFrom(OneOf):
    field_class = fields.NamesField


class Excerpts(Listing):
    order = Choice(
        "`source`: by slug of the source, then by place in it; or `recent`.",
        words=("source", "recent"),
        initial="source",
    )
    source = TakenFrom("Slug of the source it is taken from.", field_name="source_id", kind="source")

    def filter_queryset(self, queryset: VersionedQuerySet) -> VersionedQuerySet:
        return once_each(super().filter_queryset(queryset), self.cleaned["as_of"])


def once_each(excerpts: VersionedQuerySet, seq: int | None) -> VersionedQuerySet:
    """Return each excerpt once, as the latest of the documents that hold it has it."""
    holders = RecordExcerpt.objects.as_of(seq)
    newer = holders.filter(object_id=OuterRef("object_id"), since_seq__gt=OuterRef("since_seq"))
    return excerpts.filter(~Exists(newer))
