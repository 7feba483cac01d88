"""Which app answers which address."""

from django.urls import include, path

from ortoo.api import urls as api

urlpatterns = [
    path("api/v1/", api),
    path("", include("ortoo.outcomes.urls")),
    path("", include("ortoo.planning.urls")),
    path("", include("ortoo.intake.urls")),
    path("", include("ortoo.learning.urls")),
    path("", include("ortoo.live.urls")),
    path("", include("ortoo.participation.urls")),
    path("", include("ortoo.programmes.urls")),
    path("", include("ortoo.people.urls")),
    path("", include("ortoo.ui.urls")),
]
