from django.db import migrations, models

import cases.models.workflow


def number_what_was_sent(apps, schema_editor):
    """Give every submission its number: made of its reference, or the next free one."""
    submission = apps.get_model("cases", "Submission")
    taken = set()
    for sent in submission.objects.order_by("pk").iterator():
        number = 10_000_000 + sent.reference.int % 90_000_000
        while number in taken:
            number = number + 1 if number < 99_999_999 else 10_000_000
        taken.add(number)
        submission.objects.filter(pk=sent.pk).update(number=str(number))


class Migration(migrations.Migration):
    dependencies = [("cases", "0019_subscriptions")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="answer_by",
            field=models.DateField(editable=False, null=True, verbose_name="we answer by"),
        ),
        migrations.AddField(
            model_name="submission",
            name="file",
            field=models.CharField(blank=True, editable=False, help_text="Its private name on disk.", max_length=40),
        ),
        migrations.AddField(
            model_name="submission",
            name="file_name",
            field=models.CharField(blank=True, editable=False, max_length=100, verbose_name="file"),
        ),
        migrations.AddField(
            model_name="submission",
            name="file_size",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="size in bytes"),
        ),
        migrations.AddField(
            model_name="submission",
            name="who",
            field=models.CharField(
                blank=True,
                help_text="Slug of the actor by or for whom a response comes.",
                max_length=120,
                verbose_name="reply of",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="number",
            field=models.CharField(editable=False, max_length=8, null=True),
        ),
        migrations.RunPython(number_what_was_sent, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="submission",
            name="number",
            field=models.CharField(
                default=cases.models.workflow.random_number,
                editable=False,
                help_text="To say by telephone.",
                max_length=8,
                unique=True,
                verbose_name="number",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__regex", "^[1-9][0-9]{7}$")),
                name="submission_number_can_be_said",
                violation_error_message="The number of a submission has eight digits.",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(("who", ""), ("kind", "response"), _connector="OR"),
                name="submission_only_a_response_is_of_somebody",
                violation_error_message="Only a response is by or for somebody.",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("file", ""), ("file_name", ""), ("file_size", 0)),
                    models.Q(
                        models.Q(("file", ""), _negated=True),
                        models.Q(("file_name", ""), _negated=True),
                        ("file_size__gt", 0),
                    ),
                    _connector="OR",
                ),
                name="submission_file_has_name_and_size",
                violation_error_message="A file of a submission has a name and a size.",
            ),
        ),
    ]
