"""Write the rows of a batch: what was there is cleared, the rows of each model go in at once."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db.models import ForeignKey, ManyToManyField, Model, Q

from cases.models import Place, SourceName, SourceSection, Subject
from cases.publication.ledger import batched
from sources.models import Capture, Excerpt, ExcerptTranslation, PrivateSpan, SourceStatement

from . import original_files, page_checks
from .bundle import MODEL_OF_FOLDER, Batch, Bundle

# What is an excerpt's own, and goes with it; by anything else it is cited
ITS_OWN = ("translations", "page_check")
UNCITED = Q(**{each.name: None for each in Excerpt._meta.related_objects if each.name not in ITS_OWN})
SAVED_FIRST = {folder: place for place, folder in enumerate(["sources", "places", "actors", "systems"])}


def clear(batch: Batch) -> None:
    """Take away what the dossiers will state anew."""
    for subject in Subject.objects.in_bulk([bundle.item.id for bundle in batch.bundles]).values():
        _clear_subject(subject)
    for ids in batched(bundle.item.id for bundle in batch.bundles if bundle.folder == "sources"):
        PrivateSpan.objects.filter(capture__source__in=ids).delete()
        SourceSection.objects.filter(capture__source__in=ids).delete()
        statements, names = (rows.filter(source__in=ids) for rows in (SourceStatement.objects, SourceName.objects))
        with _excerpts_let_go(Q(source_statements__statement__in=statements) | Q(shows_source_name__in=names)):
            statements.delete()
            names.delete()


def _clear_subject(subject: Subject) -> None:
    """Take away the rows of a subject, with the excerpts that it alone cited."""
    cites = (
        Q(citations__claim__subject=subject)
        | Q(sides__conflict__subject=subject)
        | Q(responses__subject=subject)
        | Q(shows_alias__subject=subject)
        | Q(shows_identifier__subject=subject)
        | Q(unknowns__subject=subject)
    )
    with _excerpts_let_go(cites):
        for rows in (subject.responses, subject.unknowns, subject.conflicts, subject.claims):
            rows.all().delete()
        subject.aliases.all().delete()
        subject.identifiers.all().delete()


@contextmanager
def _excerpts_let_go(cites: Q) -> Iterator[None]:
    """Delete, after what is done inside, those of some excerpts that nothing cites any more."""
    cited = set(Excerpt.objects.filter(cites).values_list("pk", flat=True))
    yield
    for ids in batched(cited):
        Excerpt.objects.filter(UNCITED, pk__in=ids).delete()


def insert(batch: Batch) -> None:
    """Save the items of a batch, then their rows, then their many-to-many relations. Raises IntegrityError."""
    bundles = sorted(batch.bundles, key=lambda bundle: SAVED_FIRST.get(bundle.folder, len(SAVED_FIRST)))
    _save_items(bundles)
    rows = [row for bundle in bundles for row, _entry in bundle.rows]
    captures = [row for row in rows if isinstance(row, Capture)]
    with original_files.stored(batch, captures):
        _create(captures, keep_existing=True)
    _create(list(batch.excerpts.values()), keep_existing=True)
    _replace_translations(batch)
    page_checks.insert(batch)
    _create([row for row in rows if not isinstance(row, Capture)])
    _relate([many for bundle in bundles for many in bundle.many])


def _replace_translations(batch: Batch) -> None:
    new = {(row.excerpt_id, row.language): row for rows in batch.translations.values() for row in rows}
    for ids in batched({excerpt_id for excerpt_id, _language in new}):
        existing = ExcerptTranslation.objects.filter(excerpt__in=ids)
        existing.filter(pk__in=[row.pk for row in existing if (row.excerpt_id, row.language) in new]).delete()
    _create(list(new.values()))


def _save_items(bundles: list[Bundle]) -> None:
    """Save the items. Places may name parents that come later: these are set once all are there."""
    ids = [bundle.item.id for bundle in bundles]
    existing = {key for model in MODEL_OF_FOLDER.values() for key in model._default_manager.in_bulk(ids)}
    parents: list[tuple[Place, Place]] = []
    for item in (bundle.item for bundle in bundles):
        item._state.adding = item.id not in existing
        if isinstance(item, Place) and item.parent:
            parents.append((item, item.parent))
            item.parent = None
        item.save()
    for place, parent in parents:
        place.parent = parent
        place.save(update_fields=["parent"])


def _create(rows: Sequence[Model], *, keep_existing: bool = False) -> None:
    """Insert rows of any models, each model's at once."""
    by_model: dict[type[Model], list[Model]] = defaultdict(list)
    for row in rows:
        _refresh_relations(row)
        by_model[type(row)].append(row)
    for model, new in by_model.items():
        existing = model._default_manager.in_bulk([row.pk for row in new]) if keep_existing else {}
        model._default_manager.bulk_create([row for row in new if row.pk not in existing])


def _relate(many: list[tuple[Model, str, list[Model]]]) -> None:
    """Make the many-to-many relations of these rows exactly the given ones, each relation's at once."""
    by_field: dict[ManyToManyField[Model, Model], list[tuple[Model, list[Model]]]] = defaultdict(list)
    for row, name, targets in many:
        relation = row._meta.get_field(name)
        if isinstance(relation, ManyToManyField):
            by_field[relation].append((row, targets))
    for relation, pairs in by_field.items():
        through = relation.remote_field.through
        if through is None:  # a relation of ours has a table
            continue
        owner, target = relation.m2m_field_name(), relation.m2m_reverse_field_name()
        for owners in batched([row.pk for row, _targets in pairs]):
            through._default_manager.filter(**{f"{owner}__in": owners}).delete()
        through._default_manager.bulk_create(
            through(**{f"{owner}_id": row.pk, f"{target}_id": key})
            for row, targets in pairs
            for key in dict.fromkeys(each.pk for each in targets)
        )


def _refresh_relations(row: Model) -> None:
    """Copy the ids of related rows, which were tied together before these ids were saved."""
    for relation in row._meta.concrete_fields:
        if isinstance(relation, ForeignKey) and relation.is_cached(row):
            related = relation.get_cached_value(row)
            if related is not None:
                setattr(row, relation.attname, related.pk)
