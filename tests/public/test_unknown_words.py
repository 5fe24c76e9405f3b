"""A word that no list of ours has, written by a later version, stands on a page as it is and breaks none."""

import json

import pytest

from cases.claim_kinds import DETAILED
from cases.claim_kinds.stage import Stage
from cases.models import Actor, Alias, RecordClaim, Response, RevisionBody
from cases.publication.acts import withdraw
from cases.publication.publish import publish
from cases.publication.replay import replay
from cases.search.index import sync
from tests.factories import both, make_actor, make_case, make_claim, make_excerpt, make_figure, make_transfer
from tests.public.conftest import LANGUAGES, read
from tests.tampering import triggers_off

WORD = "kata_baru"
# Keys of documents whose values are words of closed lists. The kind of a document itself is its type.
WORDS = {
    *("aspect", "standing", "part", "relation", "reason", "reason_code", "property", "by", "action", "source_kind"),
    *("actor_kind", "system_kind", "place_kind", "nature", "bound", "stage", "outcome", "kind", "family"),
    *("state", "not_asked_because"),
}


def with_unknown_words(value, keys, *, inside=False):
    """Replace the words under these keys; with `kind` that of claims, conflicts, aliases and details too."""
    if isinstance(value, list):
        return [with_unknown_words(each, keys, inside=True) for each in value]
    if not isinstance(value, dict):
        return value
    changed = {key: with_unknown_words(part, keys, inside=True) for key, part in value.items()}
    changed |= {key: WORD for key in keys & set(value) if key != "kind" and isinstance(value[key], str)}
    if "topics" in value:
        changed["topics"] = [WORD]
    numbers = [kind for kind in DETAILED if kind in value]
    is_reference = "slug" in value or "actor_kind" in value
    if inside and "kind" in keys & set(value) and not numbers and not is_reference:
        changed["kind"] = WORD
    return changed


@pytest.fixture(params=[WORDS, WORDS - {"kind", "aspect", "part"}], ids=["every word", "words of known claims"])
def case(request, published, curator, reviewer):
    """A case in two versions, with something of everything, whose stored documents hold unknown words throughout."""
    case, person, firm = make_case(slug="perkara"), make_actor("Si A", slug="a", actor_kind="person"), make_actor()
    make_transfer(case)
    make_figure(case, nature="estimated", bound="about")
    stage = make_claim(case, kind="stage", standing="alleged", start="2023", parties=[("defendant", person)])
    Stage.objects.create(claim=stage, stage="verdict", outcome="convicted")
    make_claim(case, kind="tie", aspect="works_for", parties=[("holder", person), ("body", firm)])
    make_claim(case, kind="finding", aspect="barrier", standing="alleged", parties=[("accused", person)])
    plan = make_claim(case, kind="plan", aspect="planned")
    excerpt = make_excerpt()
    conflict = case.conflicts.create(
        key="c", claim=plan, property="start", kind="between_sources", explanation_id="a", explanation_en="b"
    )
    for value in ("2020", "2021"):
        conflict.sides.create(value=value, excerpt=excerpt)
    Alias.objects.create(subject=case, name="Kasus CCTV", kind="acronym", excerpt=excerpt)
    Response.objects.create(subject=case, who=person, state="asked", asked="2026-10-01", key="r")
    published(case)
    case.claims.filter(kind="description").update(statement_en="Said anew.")
    citation = case.claims.get(kind="description").citations.get()
    citation.excerpt = make_excerpt("Pemerintah Kota Contoh", citation.excerpt.capture)
    citation.save()
    publish([case], by=curator, reviewer=reviewer, reason=both("Diperbaiki"))
    gone = make_case("Lain", slug="lain")
    published(gone)
    publish([withdraw(gone, "error")], by=curator, reviewer=reviewer, reason=both("Keliru"))
    with triggers_off():
        for body in RevisionBody.objects.all():
            document = with_unknown_words(json.loads(body.document), request.param)
            RevisionBody.objects.filter(pk=body.pk).update(document=json.dumps(document, ensure_ascii=False))
    replay()
    sync.rebuild()
    return case


@pytest.mark.django_db
def test_an_unknown_word_breaks_no_page(client, case):
    actors = [f"/actors/{slug}/" for slug in Actor.objects.values_list("slug", flat=True)]
    paths = ["/", "/cases/", "/actors/", "/topics/", "/network/", "/network.svg", "/changes/", "/changes/atom.xml"]
    paths += ["/cases/perkara/", "/cases/perkara/history/", "/cases/perkara/v/1/", "/cases/perkara/v/2/sheet/"]
    paths += ["/cases/perkara/record.jsonld", "/cases/perkara/network/", "/cases/perkara/v/2/cite.txt"]
    paths += ["/search/?q=CCTV", "/cases/lain/v/2/", "/sitemap.xml", "/about/", *actors]
    for row in RecordClaim.objects.current():
        paths += [f"/claims/{row.object_id}/", f"/claims/{row.object_id}/cite.txt"]
    paths += [f"/excerpts/{key}/" for key in {row["excerpt"] for row in citations(case)}]
    for path in paths:
        for language in LANGUAGES if path != "/sitemap.xml" else ("",):
            read(client, language + path)
    assert WORD in read(client, "/cases/perkara/")
    assert WORD in read(client, "/cases/lain/", 410)


def citations(case):
    body = RevisionBody.objects.filter(revision__object_id=case.id).order_by("-pk").first()
    return [citation for claim in json.loads(body.document)["claims"] for citation in claim["citations"]]
