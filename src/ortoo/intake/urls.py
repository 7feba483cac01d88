"""Addresses of this app."""

from django.urls import path

from ortoo.intake.views import delivery, files, handing, problems, returns, tour, units

app_name = "intake"
D = "p/<slug:key>/returns/<int:number>/"
urlpatterns = [
    path("p/<slug:key>/returns/", returns.returns, name="returns"),
    path(D, delivery.summary, name="delivery"),
    path(f"{D}files/", files.files, name="files"),
    path(f"{D}files/<int:file>/columns/", files.columns, name="columns"),
    path(f"{D}files/<int:file>/marked/", handing.marked, name="marked"),
    path(f"{D}marked/", handing.marked_all, name="marked-all"),
    path(f"{D}problems/", problems.problems, name="problems"),
    path(f"{D}preview/", delivery.preview, name="preview"),
    path(f"{D}history/", delivery.history, name="history"),
    path(f"{D}read/", delivery.read, name="read"),
    path(f"{D}apply/", delivery.apply, name="apply"),
    path(f"{D}undo/", delivery.undo, name="undo"),
    path("p/<slug:key>/forms/", handing.forms, name="forms"),
    path("p/<slug:key>/forms/all/", handing.forms_all, name="forms-all"),
    path("p/<slug:key>/forms/<str:unit>/", handing.form, name="form"),
    path("p/<slug:key>/tour-file/", tour.files, name="tour-files"),
    path("p/<slug:key>/tour-file/<int:number>/", tour.file, name="tour-file"),
    path("p/<slug:key>/tour-file/<int:number>/apply/", tour.apply, name="tour-file-apply"),
    path("p/<slug:key>/tour-file/<int:number>/undo/", tour.undo, name="tour-file-undo"),
    path("units/intake/", units.units, name="units"),
    path("units/intake/<int:number>/", units.delivery, name="units-delivery"),
    path("units/intake/<int:number>/read/", units.read, name="units-read"),
    path("units/intake/<int:number>/apply/", units.apply, name="units-apply"),
    path("units/intake/<int:number>/undo/", units.undo, name="units-undo"),
]
