"""Addresses of this app."""

from django.urls import path

from ortoo.learning import views

app_name = "learning"
urlpatterns = [
    path("p/<slug:key>/needs/", views.needs, name="needs"),
    path("p/<slug:key>/needs/curriculum/", views.curriculum, name="curriculum"),
    path("p/<slug:key>/needs/terms/<int:ordinal>/", views.term, name="term"),
    path("p/<slug:key>/needs/people/<str:staff_no>/", views.say, name="say"),
]
