"""Base of admins whose rows come from elsewhere."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest


class NothingAdded(admin.ModelAdmin):
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
