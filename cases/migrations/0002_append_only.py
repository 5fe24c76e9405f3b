"""The triggers that keep the public record append-only."""

from django.db import migrations

from cases.publication import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("sources", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
