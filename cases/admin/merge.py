"""Merging what was typed into a form with what was saved since the form was opened, field by field, row by row.

Values are those that a browser posts: a form carries what it would have posted unchanged, and what it would post now
is read from the row as it stands. Three texts decide: what was opened, what is posted, what stands now.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from sources.generics import InlineFormSet, ModelForm

Values = list[str]
Row = dict[str, Values]
# Rows by the prefix of their formset and their key. The form itself is the row "" of the prefix ""
Rows = dict[str, dict[str, Row]]
MAX_ROWS = 500
REMOVE = "DELETE"


@dataclass
class Difference:
    """One field, or one row, that somebody else changed meanwhile. A clash needs a choice between two texts."""

    row: Row
    prefix: str
    name: str
    label: str
    mine: str
    theirs: str
    is_clash: bool
    index: int | None = None

    @property
    def html_name(self) -> str:
        return self.name if self.index is None else f"{self.prefix}-{self.index}-{self.name}"


@dataclass
class OpenedForm:
    """The forms of a page as they stand in the database, and the values that they would post unchanged."""

    form: ModelForm
    formsets: list[InlineFormSet]
    rows: Rows = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rows = {"": {"": unchanged_values(self.form, ())}}
        for formset in self.formsets:
            own = (formset_key(formset), formset.fk.name, REMOVE)
            saved = formset.initial_forms
            self.rows[str(formset.prefix)] = {str(each.instance.pk): unchanged_values(each, own) for each in saved}


def formset_key(formset: InlineFormSet) -> str:
    model: Any = formset.model
    return str(model._meta.pk.name)


def values(given: Iterable[object]) -> Values:
    """Return posted values so that equal ones compare equal: without empty ones, in one order, with plain line ends."""
    return sorted(text for each in given if (text := str(each).replace("\r\n", "\n")))


def unchanged_values(form: ModelForm, besides: tuple[str, ...]) -> Row:
    """Return what a browser would post from an unbound form that nobody touched."""
    return {
        bound.name: values(_unchanged(bound))
        for bound in form
        if bound.name not in besides and not bound.field.disabled and not isinstance(bound.field, forms.FileField)
    }


def _unchanged(bound: forms.BoundField) -> Iterable[object]:
    widget: Any = getattr(bound.field.widget, "widget", bound.field.widget)
    value = bound.value()
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if widget.check_test(value) else []
    shown: Any = widget.format_value(value)
    return shown if isinstance(shown, list | tuple) else ["" if shown is None else shown]


def merged(data: QueryDict, opened: Rows, now: OpenedForm) -> tuple[QueryDict, list[Difference], bool]:
    """Return posted data on top of what stands now, what was changed meanwhile, and whether they change anything."""
    merge = Merge(data.copy(), opened)
    main = {name: data.getlist(name) for name in now.rows[""][""]}
    merge.row("", None, main, opened.get("", {}).get("", {}), now.rows[""][""], now.form)
    for name, given in main.items():
        merge.data.setlist(name, given)
    for formset in now.formsets:
        merge.formset(formset, now.rows[str(formset.prefix)])
    return merge.data, merge.differences, merge.has_changes


class Merge:
    """One merge of posted data, which it changes. `_clash` names what was shown as two texts, `_take-…` the choice."""

    def __init__(self, data: QueryDict, opened: Rows) -> None:
        self.data, self.opened = data, opened
        self.differences: list[Difference] = []
        self.has_changes = False

    def choice(self, html_name: str) -> str | None:
        """Return “mine”, “theirs”, “open” for two texts between which nobody chose, None where there was no choice."""
        if html_name not in self.data.getlist("_clash"):
            return None
        taken = str(self.data.get(f"_take-{html_name}", ""))
        return taken if taken in ("mine", "theirs") else "open"

    def row(self, prefix: str, index: int | None, mine: Row, opened: Row, theirs: Row, form: ModelForm) -> None:
        for name, stands in theirs.items():
            choice = self.choice(name if index is None else f"{prefix}-{index}-{name}")
            was = opened.get(name)
            if choice == "theirs":
                mine[name] = was or []
            typed = values(mine.get(name, []))
            self.has_changes |= typed not in (stands, was)
            if typed == stands or (stands == was and choice != "open"):
                continue
            if typed == was:
                mine[name] = stands
            label = " · ".join(filter(None, [self.title(form) if prefix else "", str(form.fields[name].label or name)]))
            texts = shown(form.fields[name], typed), shown(form.fields[name], stands)
            self.differences.append(Difference(mine, prefix, name, label, *texts, typed != was))

    def title(self, form: ModelForm) -> str:
        name = str(form._meta.model._meta.verbose_name)
        return name if form.instance._state.adding else f"{name} “{form.instance}”"

    def formset(self, formset: InlineFormSet, theirs: dict[str, Row]) -> None:
        prefix, key = str(formset.prefix), formset_key(formset)
        opened, posted = self.opened.get(prefix, {}), list(self._posted(prefix))
        known = self._number(f"{prefix}-INITIAL_FORMS")  # those after them are new
        told = {_key_of(mine, key) for mine in posted[:known]}
        came = {pk: row for pk, row in theirs.items() if pk not in told}
        forms_by_key = {str(each.instance.pk): each for each in formset.initial_forms}
        saved: list[Row] = []
        added: list[Row] = []
        for index, mine in enumerate(posted):
            pk = _key_of(mine, key) if index < known else self._same_row(mine, came, formset)
            if not pk:
                if self._added(prefix, index, mine, formset):
                    added.append(mine)
            elif pk in theirs:
                came.pop(pk, None)
                mine[key] = [pk]
                self._kept(prefix, index, mine, opened.get(pk, {}), theirs[pk], forms_by_key[pk])
                saved.append(mine)
            elif self._removed(prefix, index, mine, opened.get(pk), formset):
                if key != formset.fk.name:
                    mine[key] = [""]
                added.append(mine)
        for pk, row in came.items():
            saved.append({**row, key: [pk]})
            self._whole_row(saved[-1], prefix, forms_by_key[pk], "", _("added"), is_clash=False)
        self._put(prefix, saved, added)

    def _posted(self, prefix: str) -> Iterable[Row]:
        for index in range(self._number(f"{prefix}-TOTAL_FORMS")):
            start = f"{prefix}-{index}-"
            yield {name[len(start) :]: self.data.getlist(name) for name in self.data if name.startswith(start)}

    def _number(self, name: str) -> int:
        told = str(self.data.get(name, ""))
        return min(int(told) if told.isdecimal() else 0, MAX_ROWS)

    def _same_row(self, mine: Row, came: dict[str, Row], formset: InlineFormSet) -> str:
        """Return the key of the row that came meanwhile and is this one: saved twice, or the only one there may be."""
        for pk, row in came.items():
            same = all(values(mine.get(name, [])) == given for name, given in row.items() if name != "position")
            if same or formset.max_num == 1:
                if not values(mine.get("position", [])):
                    mine["position"] = row.get("position", [])
                return pk
        return ""

    def _added(self, prefix: str, index: int, mine: Row, formset: InlineFormSet) -> bool:
        """Return whether a new row stays; between one that somebody had removed and its removal there is a choice."""
        form = formset.empty_form
        is_filled = any(values(mine.get(name, [])) != was for name, was in unchanged_values(form, (REMOVE,)).items())
        self.has_changes |= is_filled
        choice = self.choice(f"{prefix}-{index}-{REMOVE}")
        if choice == "open":
            self._whole_row(mine, prefix, form, _typed(form, mine), _("removed"), is_clash=True)
        return choice != "theirs"

    def _kept(self, prefix: str, index: int, mine: Row, opened: Row, theirs: Row, form: ModelForm) -> None:
        """Merge a row that stands; of one that is to be removed, say when somebody changed it meanwhile."""
        if not values(mine.get(REMOVE, [])):
            self.row(prefix, index, mine, opened, theirs, form)
            return
        self.has_changes = True
        choice = self.choice(f"{prefix}-{index}-{REMOVE}")
        if choice == "theirs":
            mine.update({**theirs, REMOVE: []})
        elif choice == "open" or theirs != opened:
            mine.update(theirs)
            self._whole_row(mine, prefix, form, _("removed"), _row_shown(form, theirs), is_clash=True)

    def _removed(self, prefix: str, index: int, mine: Row, opened: Row | None, formset: InlineFormSet) -> bool:
        """Return whether a row that somebody removed stays on the page: it was changed here, so it is a new one."""
        form = formset.empty_form
        if values(mine.get(REMOVE, [])):
            return False
        changed = opened is None or any(values(mine.get(name, [])) != was for name, was in opened.items())
        self.has_changes |= changed
        self._whole_row(mine, prefix, form, _typed(form, mine), _("removed"), is_clash=changed)
        return changed

    def _whole_row(self, row: Row, prefix: str, form: ModelForm, mine: str, theirs: str, *, is_clash: bool) -> None:
        self.differences.append(Difference(row, prefix, REMOVE, self.title(form), mine, theirs, is_clash))

    def _put(self, prefix: str, saved: list[Row], added: list[Row]) -> None:
        """Write the rows back, those that stand first, as formsets want them."""
        for name in [name for name in self.data if name.startswith(f"{prefix}-") and name.split("-")[1].isdecimal()]:
            del self.data[name]
        for index, row in enumerate([*saved, *added]):
            for name, given in row.items():
                self.data.setlist(f"{prefix}-{index}-{name}", given)
            for each in self.differences:
                if each.row is row:
                    each.index = index
        self.data[f"{prefix}-TOTAL_FORMS"] = str(len(saved) + len(added))
        self.data[f"{prefix}-INITIAL_FORMS"] = str(len(saved))


def _key_of(row: Row, key: str) -> str:
    return row.get(key, [""])[0]


def _row_shown(form: ModelForm, row: Row) -> str:
    fields = [(form.fields[name], given) for name, given in row.items() if name in form.fields and given]
    return " · ".join(f"{each.label}: {shown(each, given)}" for each, given in fields if each.label)


def _typed(form: ModelForm, mine: Row) -> str:
    return _row_shown(form, {name: values(mine.get(name, [])) for name in form.fields})


def shown(form_field: Any, given: Values) -> str:
    """Return posted values as a reader of the form sees them: names, not keys."""
    if isinstance(form_field, forms.BooleanField):
        return _("yes") if given else _("no")
    if isinstance(form_field, forms.ModelChoiceField):
        rows: Any = form_field.queryset
        try:
            return ", ".join(str(row) for row in rows.filter(pk__in=given)) or "–"
        except (ValueError, forms.ValidationError):
            return ", ".join(given)
    if isinstance(form_field, forms.ChoiceField):
        choices: Any = form_field.choices
        labels = dict(_flat(choices))
        return ", ".join(labels.get(each, each) for each in given) or "–"
    return "\n".join(given) or "–"


def _flat(choices: Iterable[Any]) -> Iterable[tuple[str, str]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), str(label)
