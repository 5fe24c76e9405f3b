from django.apps import AppConfig, apps
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate


class CasedbConfig(AppConfig):
    name = "casedb"

    def ready(self) -> None:
        """Connect what follows a publication, which knows nothing of it, and what follows a migration."""
        from cases.admin import groups
        from cases.public.share_card import card_files
        from cases.publication import hooks, triggers
        from cases.search.index import sync

        from . import checks, middleware  # noqa: F401 - the checks register themselves

        user_logged_in.connect(middleware.begin_session)
        hooks.after_commit += [sync.after_publishing, card_files.drop_stale_cards]
        for receiver in (triggers.install_after_migrating, groups.make_after_migrating):
            post_migrate.connect(receiver, sender=apps.get_app_config("cases"))
