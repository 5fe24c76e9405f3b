from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class CasedbConfig(AppConfig):
    name = "casedb"

    def ready(self) -> None:
        """Connect what follows a publication, which itself knows nothing of search, and what follows a migration."""
        from cases.publication import hooks, triggers
        from cases.search.index import sync

        from . import checks  # noqa: F401 - registers itself

        hooks.after_commit.append(sync.after_publishing)
        post_migrate.connect(triggers.install_after_migrating, sender=apps.get_app_config("cases"))
