"""All addresses and the style pages, which otherwise need ORTOO_DEBUG=1."""

from django.urls import path

from ortoo.ui import style
from ortoo.urls import urlpatterns as product

urlpatterns = [path("style/", style.page), path("style/wall/", style.wall), *product]
