"""Addresses of this app."""

from django.urls import URLPattern, URLResolver, path

from ortoo.participation import views

app_name = "participation"
urlpatterns: list[URLPattern | URLResolver] = [
    path("mine/", views.mine, name="mine"),
    path("p/<slug:key>/people/", views.nominations, name="nominations"),
]
