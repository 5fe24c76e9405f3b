"""Closed lists: every word is stored in one form, says what it means, and has a label."""

import re

import pytest

import cases.vocabularies
import sources.vocabularies
from cases.claim_kinds import ASPECTS, ClaimKindName, property_label
from cases.claim_kinds.stage import StageWord
from cases.management.commands.glossary import vocabularies
from cases.vocabularies import FAMILIES, ConflictFamily, ConflictKind, Part, Property, Standing, topics
from sources.vocabularies import Vocabulary
from tests.public.test_catalogues import entries

LISTS = {
    value
    for module in (cases.vocabularies, sources.vocabularies)
    for value in vars(module).values()
    if isinstance(value, type) and issubclass(value, Vocabulary) and value is not Vocabulary
}


@pytest.mark.parametrize("words", sorted(LISTS, key=lambda words: words.__name__))
def test_every_word_has_a_meaning_and_a_label(words):
    for member in words:
        assert re.fullmatch(r"[a-z_]+", member.value)
        assert member.value == member.name.lower()
        assert member.meaning.strip()
        assert str(member.label).strip()
        assert member == member.value, "a member is its stored word"
        assert words(member.value) is member


@pytest.mark.parametrize("words", [*vocabularies(), ClaimKindName], ids=lambda words: words.__name__)
def test_every_word_has_its_label_in_both_languages(words):
    catalogue = {(row.get("msgctxt", ""), row["msgid"]): row.get("msgstr") for row in entries("id")}
    for member in words:
        label = member._label_
        text = label._args[-2:] if len(label._args) > 1 else ("", *label._args)
        assert text[1].strip(), member
        assert catalogue.get(text), f"no Indonesian for {words.__name__}.{member.name}: {text[1]}"


def test_every_kind_of_conflict_has_a_family_and_only_a_reply_denies():
    assert set(FAMILIES) == set(ConflictKind.values)
    assert {*FAMILIES.values(), ConflictFamily.DENIED} == set(ConflictFamily)
    assert ConflictFamily.DENIED not in FAMILIES.values()


def test_an_unknown_word_is_none_of_the_list():
    with pytest.raises(ValueError, match="proven"):
        Standing("proven")


def test_the_standings_run_from_the_weakest_to_the_firmest():
    assert Standing.values == ["potential", "alleged", "stated", "decided"]


def test_the_kinds_of_claims_are_asked_in_the_order_of_the_list():
    first = ["penalty", "stage", "contract", "transfer", "tie", "role", "figure"]
    assert [name for name in ClaimKindName.values if name in first] == first
    assert set(ASPECTS) < set(ClaimKindName.values)


def test_no_role_of_a_person_says_that_they_are_guilty():
    grave = re.compile("alleged_|guilty|corrupt|criminal|perpetrator")
    assert not [word for words in (*ASPECTS.values(), Part, StageWord) for word in words.values if grave.search(word)]


@pytest.mark.parametrize("name", ["payer", "start", "transfer.kind", "figure.value"])
def test_a_property_may_be_a_part_a_word_of_the_list_or_a_dotted_field(name):
    assert property_label(name)


@pytest.mark.parametrize("name", ["", "price", "transfer.", "transfer.price"])
def test_an_unknown_property_has_no_label(name):
    with pytest.raises(KeyError):
        property_label(name)


def test_parts_and_properties_do_not_share_a_word():
    assert not set(Part.values) & set(Property.values)


def test_topics_have_a_code_and_a_label_and_scope_in_both_languages():
    assert topics()
    for code, topic in topics().items():
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", code)
        assert len(code) <= 60
        assert set(topic.label) == set(topic.scope) == {"id", "en"}
        assert all(topic.label.values())
        assert all(topic.scope.values())
