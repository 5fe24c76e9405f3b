import uuid

from django.db import migrations, models

RENAMED = {"new": "received", "in_work": "reading", "done": "acted"}


def rename_states(apps, schema_editor):
    for old, new in RENAMED.items():
        apps.get_model("cases", "Submission").objects.filter(state=old).update(state=new)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_append_only"),
    ]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="answer",
            field=models.TextField(
                blank=True,
                help_text="Whoever has the reference reads it. Say why, if it is declined. Name no one who has no page.",
                max_length=1000,
                verbose_name="answer to the sender",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="decided_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="decided at"),
        ),
        migrations.AddField(
            model_name="submission",
            name="erased_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="words erased at"),
        ),
        migrations.AddField(
            model_name="submission",
            name="note",
            field=models.TextField(blank=True, help_text="For the desk only.", max_length=2000, verbose_name="note"),
        ),
        migrations.AlterField(
            model_name="submission",
            name="kind",
            field=models.CharField(
                choices=[
                    ("mistake", "a mistake"),
                    ("response", "a response"),
                    ("privacy", "a private matter"),
                    ("take_down", "a demand to take something down"),
                ],
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="submission",
            name="reference",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="reference"),
        ),
        migrations.AlterField(
            model_name="submission",
            name="state",
            field=models.CharField(
                choices=[
                    ("received", "received"),
                    ("reading", "being read"),
                    ("acted", "acted on"),
                    ("declined", "declined"),
                ],
                default="received",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="submission",
            name="statement",
            field=models.TextField(blank=True, max_length=5000, verbose_name="statement"),
        ),
        migrations.RunPython(rename_states, migrations.RunPython.noop),
    ]
