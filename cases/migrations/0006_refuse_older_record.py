"""Stop before anything is changed when the record is of version 0.2 or earlier."""

from django.db import migrations

from cases.publication.older_record import refuse_older_record


def refuse(apps, schema_editor):
    refuse_older_record(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_claim_of_a_detail")]
    run_before = [("sources", "0003_version_2")]
    operations = [migrations.RunPython(refuse, migrations.RunPython.noop)]
