import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0018_reader")]

    operations = [
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.EmailField(max_length=254)),
                (
                    "path",
                    models.CharField(help_text="Of the page or search, without host and language.", max_length=1000),
                ),
                ("language", models.CharField(choices=[("id", "Indonesian"), ("en", "English")], max_length=2)),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "last_seq",
                    models.PositiveBigIntegerField(help_text="Of the record: what came after it was not mailed yet."),
                ),
                (
                    "mailed_on",
                    models.DateField(help_text="The day of the last digest: one a day at most.", null=True),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("address", "path"), name="subscription_once")],
            },
        ),
        migrations.CreateModel(
            name="SubscriptionToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                (
                    "confirms",
                    models.BooleanField(help_text="Whether its mail asked for the confirmation. Every one can end it."),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "subscription",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tokens",
                        to="cases.subscription",
                    ),
                ),
            ],
        ),
    ]
