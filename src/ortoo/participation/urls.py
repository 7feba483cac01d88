"""Addresses of this app."""

from django.urls import URLPattern, URLResolver, include, path

from ortoo.participation import views
from ortoo.participation.checkin import door_views
from ortoo.participation.checkin import views as doors_views
from ortoo.participation.delegations import seat_views
from ortoo.participation.delegations import views as delegation_views
from ortoo.participation.dorm import views as dorm_views
from ortoo.participation.dorm import wish_views
from ortoo.participation.subscription import views as subscription_views

app_name = "participation"
D = "door/<slug:key>/<slug:code>/"
H = "p/<slug:key>/stops/<int:pk>/doors/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("mine/", views.mine, name="mine"),
    path("mine/<int:pk>/night/", wish_views.wish, name="room-wish"),
    path("calendar/", subscription_views.calendar, name="calendar"),
    path("calendar/renew/", subscription_views.renew, name="calendar-renew"),
    path("calendar/stop/", subscription_views.stop, name="calendar-stop"),
    path("calendar/<int:pk>/<slug:code>.ics", subscription_views.calendar_file, name="calendar-file"),
    path("p/<slug:key>/people/", views.nominations, name="nominations"),
    path("p/<slug:key>/dorm/<int:leg>/", dorm_views.base, name="dorm"),
    path("p/<slug:key>/dorm/<int:leg>/many/", dorm_views.generate_rooms, name="dorm-many"),
    path("p/<slug:key>/dorm/<int:leg>/lines/", dorm_views.type_rooms, name="dorm-lines"),
    path("p/<slug:key>/dorm/<int:leg>/remove/", dorm_views.remove, name="dorm-remove"),
    path("p/<slug:key>/quotas/", include("ortoo.participation.quotas.urls")),
    path("p/<slug:key>/delegations/", delegation_views.delegations, name="delegations"),
    path("p/<slug:key>/delegations/<int:pk>/", delegation_views.delegation, name="delegation"),
    path("p/<slug:key>/delegations/<int:pk>/change/", delegation_views.change, name="delegation-change"),
    path("p/<slug:key>/delegations/<int:pk>/remove/", delegation_views.remove, name="delegation-remove"),
    path("p/<slug:key>/delegations/<int:pk>/claim/", delegation_views.claim, name="delegation-claim"),
    path("p/<slug:key>/delegations/<int:pk>/return/", delegation_views.give_back, name="delegation-return"),
    path("p/<slug:key>/delegations/<int:pk>/pass/", delegation_views.pass_on, name="delegation-pass"),
    path("p/<slug:key>/delegations/<int:pk>/swap/", seat_views.swap, name="delegation-swap"),
    path("p/<slug:key>/delegations/<int:pk>/names/", seat_views.names, name="names"),
    path("p/<slug:key>/delegations/<int:pk>/names/read/", seat_views.names_read, name="names-read"),
    path("p/<slug:key>/delegations/<int:pk>/names.xlsx", seat_views.names_file, name="names-file"),
    path("p/<slug:key>/delegations/<int:pk>/tickets.pdf", seat_views.tickets, name="tickets"),
    path("p/<slug:key>/stops/<int:pk>/delegations/add/", delegation_views.add, name="delegation-add"),
    path("p/<slug:key>/stops/<int:pk>/seats/", delegation_views.give, name="seats-give"),
    path("p/<slug:key>/stops/<int:pk>/hall/", seat_views.hall, name="hall"),
    path("p/<slug:key>/doors/", doors_views.first, name="doors-first"),
    path(H, doors_views.doors, name="doors"),
    path(f"{H}add/", doors_views.add, name="door-add"),
    path(f"{H}count/", doors_views.count, name="doors-count"),
    path(f"{H}<int:door>/link/", doors_views.renew, name="door-renew"),
    path(f"{H}<int:door>/shut/", doors_views.shut, name="door-shut"),
    path(D, door_views.door, name="door"),
    path(f"{D}list/", door_views.doorlist, name="door-list"),
    path(f"{D}scans/", door_views.scans, name="door-scans"),
    path(f"{D}worker.js", door_views.worker, name="door-worker"),
]
