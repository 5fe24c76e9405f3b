from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sources", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="source", name="source_kind_is_known"),
        migrations.RenameField(model_name="source", old_name="kind", new_name="source_kind"),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    source_kind__in=[
                        "thesis",
                        "thesis_abstract",
                        "journal_article",
                        "book",
                        "news",
                        "court_ruling",
                        "regulation",
                        "government_document",
                        "dataset",
                        "report",
                        "cited_work",
                        "interview",
                        "web_page",
                        "social_media",
                    ]
                ),
                name="source_kind_is_known",
                violation_error_message="This is not a kind of source that we know.",
            ),
        ),
    ]
