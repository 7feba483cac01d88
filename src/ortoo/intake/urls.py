"""Addresses of this app."""

from django.urls import path

from ortoo.intake.views import delivery, problems, returns

app_name = "intake"
D = "p/<slug:key>/returns/<int:number>/"
urlpatterns = [
    path("p/<slug:key>/returns/", returns.returns, name="returns"),
    path(D, delivery.summary, name="delivery"),
    path(f"{D}problems/", problems.problems, name="problems"),
    path(f"{D}preview/", delivery.preview, name="preview"),
    path(f"{D}history/", delivery.history, name="history"),
    path(f"{D}read/", delivery.read, name="read"),
    path(f"{D}apply/", delivery.apply, name="apply"),
    path(f"{D}undo/", delivery.undo, name="undo"),
]
