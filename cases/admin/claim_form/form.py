"""The form of one claim on selected words: the fields of its kind and no others, generated from the registry."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.claim_kinds import REGISTRY, ClaimKind, DetailedKind, DetailField, FieldSort, property_label
from cases.models import Place, Subject
from sources.models import Capture

from .fields import GAPS, DateField, NumberField
from .parts import MAX_PARTIES, NUMBERS_FORMS, NumbersForm, PartyForm, PartyFormSet, SentenceForm
from .proposal import Origin, Proposal, ProposedParty, Value

# Rows for parties that the kind does not ask for
SPARE_PARTIES = 2
# Where a proposed value comes from, for whoever checks it
WHERE = {
    Origin.QUOTATION: gettext_lazy("from the words"),
    Origin.SECTION: gettext_lazy("outside the quotation · this part of the source"),
    Origin.NAME: gettext_lazy("as this source uses the name"),
    Origin.SOURCE: gettext_lazy("outside the quotation · what the source says of itself"),
    Origin.KIND: gettext_lazy("the kind leaves no choice"),
    Origin.KEPT: gettext_lazy("kept from the claim before"),
}


@dataclass(frozen=True)
class Shown:
    """What the form says of a proposed value."""

    proposed: Value | ProposedParty

    @property
    def where(self) -> str:
        words = self.proposed.words if isinstance(self.proposed, Value) else self.proposed.as_stated
        where = str(WHERE[self.proposed.origin])
        return f"{where}: “{words}”" if words and self.proposed.origin == Origin.NAME else where

    @property
    def is_outside(self) -> bool:
        """Return whether it stands elsewhere than in the quotation: drawn with a broken line."""
        return self.proposed.origin not in (Origin.QUOTATION, Origin.NAME, Origin.KIND)

    @property
    def read_back(self) -> str:
        return self.proposed.read_back if isinstance(self.proposed, Value) else ""

    @property
    def about(self) -> str:
        if not isinstance(self.proposed, ProposedParty):
            return ""
        namesakes = len(self.proposed.namesakes)
        return _("%s are called so: choose") % namesakes if namesakes else self.proposed.about


@dataclass(frozen=True)
class Row:
    """One line of the form: a field, what is said of its value, and why it is empty."""

    field: forms.BoundField
    shown: Shown | None = None
    gap: forms.BoundField | None = None


def asked_of(kind: ClaimKind) -> list[str]:
    """Return what a reader may ask of a claim of this kind where it is empty, whatever its words are."""
    asked = dict.fromkeys(["date"] if kind.is_dated else [])
    if isinstance(kind, DetailedKind):
        empty: dict[str, Any] = {field.name: None for field in kind.fields}
        counted = {field.name: "1" for field in kind.fields if field.sort == FieldSort.DECIMAL}
        document: Any = kind.document
        for word in (None, *sorted(kind.linked_words)):
            given = {kind.linked_field: word} if word else {}
            for numbers in ({}, counted):
                asked |= dict.fromkeys(document(**empty | numbers | given).questions(set()))
    return list(asked)


class ClaimEntry:
    """All forms of one claim: opened with what is proposed, or bound to what was posted."""

    def __init__(
        self,
        capture: Capture,
        proposal: Proposal,
        *,
        quotes: Sequence[str],
        places: Sequence[Place] = (),
        data: Any = None,
    ) -> None:
        self.capture, self.proposal, self.quotes = capture, proposal, quotes
        self.kind = REGISTRY[proposal.kind]
        self.shown = {value.field: Shown(value) for value in proposal.values}
        given: dict[str, Any] = {"auto_id": "id_%s", "use_required_attribute": False}
        bound = given | {"data": data}
        self.claim = SentenceForm(
            kind=self.kind,
            sources={capture.source_id, *(each.value for each in proposal.values if each.field == "said_by_source")},
            places=places,
            **(given | {"initial": self._initial(places)} if data is None else bound),
        )
        self.numbers: NumbersForm | None = None
        if form := NUMBERS_FORMS.get(self.kind.name):
            own = {value.field: value.value for value in proposal.values}
            self.numbers = form(
                prefix="n", empty_permitted=True, **(given | {"initial": own} if data is None else bound)
            )
            self.numbers.quotes = quotes
        self.parties = PartyFormSet(prefix="party", **self._of_parties(data))
        self.gaps = gaps_form(self.kind)(prefix="gap", data=data, auto_id="id_%s")

    def _initial(self, places: Sequence[Place]) -> dict[str, Any]:
        proposal = self.proposal
        initial: dict[str, Any] = {value.field: value.value for value in proposal.values}
        for name in ("subject", "said_by_actor"):
            if name in initial:
                initial[name] = named(initial[name])
        if not {"said_by_actor", "speaker_id", "said_by_source"} & initial.keys():
            initial["said_by_source"] = self.capture.source_id
        return initial | {
            "kind": self.kind.name,
            "proposed": proposal.statement_id,
            "statement_id": proposal.statement_id,
            "locator_id": proposal.locator_id,
            "locator_en": proposal.locator_en,
            "places": [place.pk for place in places],
        }

    def _of_parties(self, data: Any) -> dict[str, Any]:
        if data is not None:
            return {"data": data, "form_kwargs": {"use_required_attribute": False}}
        rows = [
            {"part": each.part, "who": named(each.who, each.title), "as_stated": each.as_stated}
            for each in self.proposal.parties
            if each.part
        ]
        there = {row["part"] for row in rows}
        rows += [{"part": part} for part in self.kind.parts if part not in there]
        order = {part: place for place, part in enumerate(self.kind.parts)}
        rows.sort(key=lambda row: order.get(str(row["part"]), MAX_PARTIES))
        return {"initial": [*rows, *({} for _spare in range(SPARE_PARTIES))][:MAX_PARTIES]}

    def is_valid(self) -> bool:
        return not [form for form in self.parts if not form.is_valid()]  # each says what is wrong with it

    @property
    def parts(self) -> list[Any]:
        return [form for form in (self.claim, self.numbers, self.parties, self.gaps) if form is not None]

    def errors(self) -> Iterator[tuple[str, str]]:
        """Yield what the forms refuse, each with the label of its field."""
        for form in [*self.parts[:-2], *self.parties.forms]:
            for name, found in form.errors.items():
                label = form.fields[name].label or name if name in form.fields else ""
                yield from ((str(label), str(sentence)) for sentence in found)
        yield from (("", str(sentence)) for sentence in self.parties.non_form_errors())

    def read_backs(self) -> dict[str, str]:
        """Return what each number and date that was typed means, by the id of its field."""
        found = {}
        for form in filter(None, (self.numbers, self.claim)):
            cleaned = getattr(form, "cleaned_data", {})
            for name, field in form.fields.items():
                if isinstance(field, NumberField | DateField):
                    value = cleaned.get(name)
                    found[str(form[name].auto_id)] = f"= {field.read_back(value)}" if value else ""
        return found

    def rows(self, form: Any, names: Iterable[str], gaps: Mapping[str, str] | None = None) -> list[Row]:
        asked, gaps = self.gaps.fields, gaps or {}
        return [
            Row(form[name], self.shown.get(name), self.gaps[gap] if (gap := gaps.get(name, name)) in asked else None)
            for name in names
            if name in form.fields
        ]

    @property
    def aspect_rows(self) -> list[Row]:
        return self.rows(self.claim, ["aspect"])

    @property
    def date_rows(self) -> list[Row]:
        return self.rows(self.claim, ["start"], {"start": "date"})

    @property
    def number_rows(self) -> list[Row]:
        """Return the numbers that somebody will ask for first."""
        return self.rows(self.numbers, [name for name in self._columns if name not in self._later])

    @property
    def later_rows(self) -> list[Row]:
        """Return what stands beside the numbers; why it is empty is asked beside the Indonesian of a pair."""
        maps = {name: name.removesuffix("_id") for name in self._later}
        return self.rows(self.numbers, self._later, maps)

    @property
    def has_later_values(self) -> bool:
        values = (row for row in self.later_rows if row.field.name != "as_stated" or row.field.errors)
        return any(row.field.value() or row.field.errors for row in values)

    @property
    def _columns(self) -> list[str]:
        return list(self.numbers.fields) if self.numbers else []

    @property
    def _later(self) -> list[str]:
        if not isinstance(self.kind, DetailedKind):
            return []
        beside = [each for each in self.kind.fields if not each.required and _stands_beside(each)]
        return [column for each in beside for column in each.columns]

    @property
    def more_rows(self) -> list[Row]:
        names = ("statement_en", "locator_id", "locator_en", "end", "date_as_stated", "ongoing_when_written")
        return self.rows(self.claim, (*names, "speaker_id", "speaker_en"))

    @property
    def party_rows(self) -> list[tuple[PartyForm, Shown | None, forms.BoundField | None]]:
        """Return the parties, each with what is said of it, and why its part is empty."""
        proposed = {each.part: Shown(each) for each in reversed(self.proposal.parties)}
        found = []
        for form in self.parties.forms:
            part = str(form["part"].value() or "")
            found.append((form, proposed.get(part), self.gaps[part] if part in self.gaps.fields else None))
        return found

    @property
    def offered(self) -> list[ProposedParty]:
        """Return whom the words name, not saying as what: each is one click away from the boxes that are empty."""
        return [each for each in self.proposal.parties if not each.part]

    @property
    def first_spare(self) -> int:
        """Return from which row on nobody is asked for by the kind."""
        return sum(form.is_fixed for form in self.parties.forms)


def _stands_beside(field: DetailField) -> bool:
    """Return whether a field of the numbers explains another."""
    return field.sort == FieldSort.LANGUAGE_MAP or field.name in ("as_stated", "number_reason")


def gaps_form(kind: ClaimKind) -> type[forms.Form]:
    """Return the form that asks why a field is empty, with one choice for each that a reader may ask about."""
    made: dict[str, Any] = {
        name: forms.ChoiceField(label=_("Why “%s” is empty") % property_label(name), choices=GAPS, required=False)
        for name in asked_of(kind)
    }
    return type("GapsForm", (forms.Form,), made)


def named(key: Any, title: str = "") -> tuple[str, str]:
    """Return the value of a box for a name: the id, and what the box shows."""
    subject = Subject.objects.filter(pk=key).first() if key and not title else None
    return (str(key or ""), title or (str(subject) if subject else ""))
