"""Whatever is published, corrected, withdrawn and reinstated, in any order: the record is whole and can be replayed."""

import random
from typing import Any

import pytest
from django.contrib.auth.models import User

from cases.models import Case, Record, Revision, RevisionBody
from cases.publication.acts import Act, reinstate, withdraw
from cases.publication.audit.verify import verify
from cases.publication.errors import NotPublishableError
from cases.publication.ledger import last_revision
from cases.publication.plan import PublicationPlan
from cases.publication.publish import publish
from cases.publication.replay import replay
from tests.factories import (
    both,
    make_actor,
    make_capture,
    make_case,
    make_claim,
    make_excerpt,
    make_figure,
    make_place,
    make_source,
)
from tests.publication.test_replay import record_rows

pytestmark = pytest.mark.django_db


class History:
    """Several cases, actors, places and works, to which random things happen."""

    def __init__(self, seed: int, by: User, reviewer: User) -> None:
        self.random = random.Random(seed)
        self.people = {"by": by, "reviewer": reviewer}
        self.cases = [make_case(f"Kasus {number}", claims=2) for number in range(3)]
        self.actors = [make_actor(f"PT {n}") for n in range(3)] + [make_actor("Budi", actor_kind="person")]
        self.places = [make_place(), make_place("Kampung", place_kind="neighbourhood")]
        self.places[1].parent = self.places[0]
        self.places[1].save()
        self.captures = [make_capture() for _number in range(2)]
        self.told = make_source(title="Karya yang dikutip")
        self.told.known_through.add(self.captures[0].source)
        self.refused = 0
        self.snapshots: dict[int, set[int]] = {}

    @property
    def items(self) -> list[Any]:
        return [*self.cases, *self.actors, *self.places, *(c.source for c in self.captures), self.told]

    def run(self, steps: int) -> None:
        happenings = [self.add_a_claim] * 3 + [self.withdraw] * 2 + [self.reinstate] * 3
        happenings += [self.rename, self.move, self.remove_a_claim, self.change_a_value, self.publish_several]
        for _number in range(steps):
            self.random.choice(happenings)()
            last = Revision.objects.last()
            self.snapshots[last.seq if last else 0] = set(Record.objects.current().values_list("since_seq", flat=True))

    def attempt(self, *acts: Any) -> None:
        """Publish, or be refused without a trace."""
        before = Revision.objects.count(), Record.objects.count()
        try:
            publish(acts, reason=both("Alasan"), **self.people)
        except NotPublishableError as error:
            assert error.reasons  # noqa: PT017 - a refusal is one of the two things that may happen
            assert (Revision.objects.count(), Record.objects.count()) == before
            self.refused += 1

    def go_out(self, *items: Any) -> None:
        acts = [reinstate(item) if self.is_withdrawn(item) else Act(item) for item in items]
        self.attempt(*PublicationPlan.completed(acts).acts)

    def is_withdrawn(self, item: Any) -> bool:
        last = last_revision(item.id)
        return last is not None and last.action == "withdraw"

    def rename(self) -> None:
        item = self.random.choice(self.items)
        word = f"Nama {self.random.randrange(1000)}"
        type(item).objects.filter(pk=item.pk).update(
            **({"title": word} if item in self.sources else {"title_id": word})
        )
        self.go_out(item)

    @property
    def sources(self) -> list[Any]:
        return [*(capture.source for capture in self.captures), self.told]

    def move(self) -> None:
        item = self.random.choice(self.items)
        item.refresh_from_db()
        item.slug = f"alamat-{self.random.randrange(10**9)}"
        item.save()
        self.go_out(item)

    def add_a_claim(self) -> None:
        case = self.random.choice(self.cases)
        words = self.random.choice(["Pemerintah Kota Contoh", "PT Misal sejak tahun 2017", "menerima uang tunai itu"])
        excerpt = make_excerpt(words, self.random.choice(self.captures))
        parties = [("partner", actor) for actor in self.random.sample(self.actors, self.random.randrange(3))]
        claim = make_claim(case, excerpt, parties) if self.random.random() < 0.8 else make_figure(case)
        claim.places.set(self.random.sample(self.places, self.random.randrange(2)))
        if self.random.random() < 0.3:
            claim.relays.create(source=self.told)
        if self.random.random() < 0.8:
            self.go_out(case)

    def remove_a_claim(self) -> None:
        case = self.random.choice(self.cases)
        claim = case.claims.filter(lead=None).first()
        if claim:
            claim.delete()
            self.go_out(case)

    def change_a_value(self) -> None:
        case = self.random.choice(self.cases)
        claim = self.random.choice(list(case.claims.all()))
        claim.start = str(self.random.randrange(1990, 2026))
        claim.end = ""
        claim.save()
        before = self.refused
        self.go_out(case)
        if self.refused > before and last_revision(case.id) and not self.is_withdrawn(case):
            claim.citations.all().delete()
            words = self.random.choice(["Adanya uang tunai", "berpotensi digunakan"])
            claim.citations.create(excerpt=make_excerpt(words, self.random.choice(self.captures)))
            self.go_out(case)

    def withdraw(self) -> None:
        self.attempt(
            *(withdraw(item, "error") for item in self.random.sample(self.items, self.random.choice([1, 1, 3])))
        )

    def reinstate(self) -> None:
        gone = [item for item in self.items if self.is_withdrawn(item)]
        if gone:
            self.go_out(self.random.choice(gone))

    def publish_several(self) -> None:
        self.go_out(*self.random.sample(self.items, 3))


def check(history: History) -> None:
    assert list(verify()) == []
    before = record_rows()
    replay()
    assert record_rows() == before
    for seq, current in history.snapshots.items():
        assert set(Record.objects.as_of(seq).values_list("since_seq", flat=True)) == current, f"as of {seq}"
    assert RevisionBody.objects.count() == Revision.objects.count()
    assert Case.objects.count() == 3


@pytest.mark.parametrize("seed", [2, 3])
def test_a_random_history_leaves_a_whole_record_that_replay_rebuilds(curator, reviewer, seed):
    history = History(seed, curator, reviewer)
    history.run(40)
    check(history)
    actions = set(Revision.objects.values_list("action", flat=True))
    assert actions == {"publish", "correct", "withdraw", "reinstate"}, "the history was too tame to show anything"
    assert history.refused
    assert Revision.objects.exclude(cause=None).exists()


@pytest.mark.drill
@pytest.mark.parametrize("seed", range(100, 112))
def test_many_long_random_histories_leave_whole_records(curator, reviewer, seed):
    history = History(seed, curator, reviewer)
    history.run(150)
    check(history)
