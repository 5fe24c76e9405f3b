"""URLs of the desk that belong to no table. They stand before those of Django's admin, under the same address."""

from django.urls import path

from .access import AccessView
from .second_factor import second_factor

app_name = "desk"
urlpatterns = [
    path("access/<uidb64>/<token>/", AccessView.as_view(), name="access"),
    path("second-factor/", second_factor, name="second_factor"),
]
