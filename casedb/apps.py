from django.apps import AppConfig


class CasedbConfig(AppConfig):
    name = "casedb"

    def ready(self) -> None:
        """Connect what follows a publication. Publication itself knows nothing of search."""
        from cases.publication import hooks
        from cases.search.index import sync

        from . import checks  # noqa: F401 - registers itself

        hooks.after_commit.append(sync.after_publishing)
