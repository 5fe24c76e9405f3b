"""The curators' desk: the stock Django admin, one module per group of nouns."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from . import accounts, claims, desk_acts, disputes, publication_requests, revisions, sources, subjects, submissions

admin.site.site_header = admin.site.site_title = "CaseDB"
admin.site.index_title = _("The desk")
admin.site.empty_value_display = "–"

__all__ = [
    "accounts",
    "claims",
    "desk_acts",
    "disputes",
    "publication_requests",
    "revisions",
    "sources",
    "subjects",
    "submissions",
]
