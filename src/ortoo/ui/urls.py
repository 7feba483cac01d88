"""Addresses of this app."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from ortoo.ui import views

app_name = "ui"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("language/", views.language, name="language"),
    path("jobs/<int:pk>/", views.job, name="job"),
    path("jobs/<int:pk>/stop/", views.stop_job, name="job-stop"),
    path("map.geojson", views.region_map, name="map"),
]
if settings.DEBUG:
    from ortoo.ui import style

    urlpatterns += [path("style/", style.page, name="style"), path("style/wall/", style.wall, name="style-wall")]
