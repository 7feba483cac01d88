"""Addresses of this app."""

from django.urls import URLPattern, URLResolver, path

from ortoo.programmes import views

app_name = "programmes"
urlpatterns: list[URLPattern | URLResolver] = [
    path("p/<slug:key>/", views.programme, name="programme"),
]
