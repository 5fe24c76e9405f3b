"""URLs of the project: the API, the admin, and the site in both languages."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from cases.public.urls import machine_urlpatterns

urlpatterns = [
    path("", include("cases.api.urls")),
    path("admin/", include("cases.admin.urls")),
    path("admin/", admin.site.urls),
    *machine_urlpatterns,
    *i18n_patterns(path("", include("cases.public.urls")), prefix_default_language=False),
]

handler400 = "casedb.errors.bad_request"
handler403 = "casedb.errors.forbidden"
handler404 = "casedb.errors.not_found"
handler500 = "casedb.errors.server_error"
