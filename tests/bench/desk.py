"""`make bench-desk`: what fields offer by name, and the list of claims, among many subjects and claims.

    tests/postgres.sh .venv/bin/python -m tests.bench.desk [--subjects 10000] [--claims 100000]

Fills an empty database with made-up rows, asks through Django's test client, and prints a table: the median of some
rounds, for fields of the slowest term. The baseline of a field is the bare query by `icontains` that the admin would
make without our index.
"""

import argparse
import random
import statistics
import time
import uuid
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import Q  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from cases.admin import desk_names  # noqa: E402
from cases.models import Actor, Claim, Subject  # noqa: E402

WORDS = "Arta Bayu Citra Dana Elok Fajar Gita Harum Indah Jaya Karya Lestari Mandiri Nusa Padma Raya Sari Tirta Utama"
TERMS = ("bayu", "artha", "nusa karya", "karia", "PT Citra", "sari 77", "lestari mandri", "gita", "kota", "utama 4")
FIELD = {"app_label": "cases", "model_name": "claim", "field_name": "subject"}
PAGES = {"list of claims": "", "claims of one kind": "?kind__exact=description", "claims with words": "?q=tirta+77"}
ROUNDS = 5


def fill(subjects: int, claims: int) -> None:
    """Make the rows; a claim belongs to any subject, and the first subject says it."""
    names, owners = WORDS.split(), list[Actor]()
    with transaction.atomic():
        for number in range(subjects):
            title = f"PT {' '.join(random.sample(names, 2))} {number}"
            owners.append(
                Actor.objects.create(title_id=title, title_en=title, slug=f"pt-{number}", actor_kind="company")
            )
    made = (
        Claim(
            id=uuid.uuid4(),
            subject_id=random.choice(owners).pk,
            key=f"claim-{number}",
            kind="description",
            standing="stated",
            statement_id=f"Pernyataan {number} tentang {random.choice(names)}.",
            said_by_actor=owners[0],
        )
        for number in range(claims)
    )
    Claim.objects.bulk_create(made, batch_size=2000)


def measure(ask: Callable[[], object]) -> tuple[float, int]:
    """Return the median of some rounds in milliseconds, and the queries of one."""
    times = []
    for _round in range(ROUNDS):
        with CaptureQueriesContext(connection) as queries:
            start = time.perf_counter()
            ask()
            times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), len(queries)


def slowest(ask: Callable[[str], object]) -> tuple[float, int]:
    measured = [measure(lambda term=term: ask(term)) for term in TERMS]
    return max(ms for ms, _count in measured), max(count for _ms, count in measured)


def plain(term: str) -> list[Subject]:
    found = Subject.objects.order_by("title_id")
    for word in term.split():
        found = found.filter(Q(title_id__icontains=word) | Q(title_en__icontains=word))
    return list(found[:20])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subjects", type=int, default=10_000)
    parser.add_argument("--claims", type=int, default=100_000)
    size = parser.parse_args()
    random.seed(17)
    plain_files: dict[str, Any] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain_files}  # nobody collected static files
    call_command("migrate", verbosity=0)
    fill(size.subjects, size.claims)
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.create_superuser("bench"))
    desk_names.best("bayu", ["actor"])  # makes the index
    rows = {
        "a field by name": slowest(lambda term: client.get("/admin/autocomplete/", FIELD | {"term": term})),
        "icontains alone": slowest(plain),
        **{
            name: measure(lambda query=query: client.get(f"/admin/cases/claim/{query}"))
            for name, query in PAGES.items()
        },
    }
    print(f"{connection.vendor}, {size.subjects:,} subjects, {size.claims:,} claims, median of {ROUNDS} rounds")
    for name, (ms, count) in rows.items():
        print(f"{name:20} {ms:8.1f} ms {count:3} queries")


if __name__ == "__main__":
    main()
