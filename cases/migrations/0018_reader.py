import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0017_source_reading"),
        ("sources", "0006_files_of_captures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="claim",
            name="statement_is_proposed",
            field=models.BooleanField(
                default=False,
                help_text="The software put the statement together, and nobody has changed or confirmed it yet.",
                verbose_name="proposed sentence",
            ),
        ),
        migrations.CreateModel(
            name="ReadingPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.PositiveIntegerField(default=1)),
                ("pages_read", models.JSONField(blank=True, default=list)),
                ("at", models.DateTimeField(auto_now=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "capture",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="sources.capture"
                    ),
                ),
                (
                    "last_claim",
                    models.ForeignKey(
                        help_text="Its subject, speaker and places are proposed for the next one.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cases.claim",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("by", "capture"), name="readingplace_one_of_a_copy")],
            },
        ),
    ]
