"""Addresses of this app."""

from django.urls import URLPattern, URLResolver, path

from ortoo.programmes.views import duties, legs, programme, roles

app_name = "programmes"
urlpatterns: list[URLPattern | URLResolver] = [
    path("programmes/", programme.programmes, name="list"),
    path("programmes/new/", programme.new, name="new"),
    path("p/<slug:key>/", programme.programme, name="programme"),
    path("p/<slug:key>/change/", programme.change, name="change"),
    path("p/<slug:key>/state/", programme.move, name="move"),
    path("p/<slug:key>/remove/", programme.remove, name="remove"),
    path("p/<slug:key>/legs/", legs.legs, name="legs"),
    path("p/<slug:key>/roles/", roles.roles, name="roles"),
    path("p/<slug:key>/roles/<int:pk>/take/", roles.take, name="role-take"),
    path("p/<slug:key>/duties/", duties.duties, name="duties"),
    path("p/<slug:key>/duties/add/", duties.add, name="duty-add"),
    path("p/<slug:key>/duties/list/", duties.template, name="duty-list"),
    path("p/<slug:key>/duties/copy/", duties.copy, name="duty-copy"),
    path("p/<slug:key>/duties/paper/", duties.on_paper, name="duty-paper"),
    path("p/<slug:key>/duties/<int:pk>/tick/", duties.tick, name="duty-tick"),
    path("p/<slug:key>/duties/<int:pk>/remove/", duties.remove, name="duty-remove"),
]
