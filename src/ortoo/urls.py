"""Which app answers which address."""

from django.urls import include, path

urlpatterns = [
    path("", include("ortoo.planning.urls")),
    path("", include("ortoo.intake.urls")),
    path("", include("ortoo.participation.urls")),
    path("", include("ortoo.programmes.urls")),
    path("", include("ortoo.people.urls")),
    path("", include("ortoo.ui.urls")),
]
