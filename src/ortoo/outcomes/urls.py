"""Addresses of this app."""

from django.urls import path

from ortoo.outcomes.views import messages, mine, reflections, writing

app_name = "outcomes"
urlpatterns = [
    path("write/<slug:key>/", writing.write, name="write"),
    path("read/<slug:key>/<slug:code>/", writing.read, name="read"),
    path("words/", mine.mine, name="mine"),
    path("words/<int:leg>/write/", mine.write, name="reflect"),
    path("words/<int:leg>/take-back/", mine.take_back, name="reflection-take-back"),
    path("p/<slug:key>/messages/", messages.messages, name="messages"),
    path("p/<slug:key>/messages/decide/", messages.decide, name="messages-decide"),
    path("p/<slug:key>/messages/desk/", messages.turn, name="desk"),
    path("p/<slug:key>/messages/to/", messages.name, name="addressee-name"),
    path("p/<slug:key>/messages/to/<int:pk>/remove/", messages.remove, name="addressee-remove"),
    path("p/<slug:key>/reflections/", reflections.reflections, name="reflections"),
    path("p/<slug:key>/reflections/decide/", reflections.decide, name="reflections-decide"),
    path("p/<slug:key>/reflections/write/", reflections.write_down, name="reflection-write"),
    path("p/<slug:key>/quotes/", reflections.quotable, name="quotes"),
]
