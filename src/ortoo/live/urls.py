"""Addresses of this app."""

from django.urls import path

from ortoo.live.views import desk, door, lines, plain, reach, recordings, screens, site, sites

app_name = "live"
S = "p/<slug:key>/sites/<slug:site>/"
L = "p/<slug:key>/live/<int:ordinal>/"
D = "site/<slug:key>/<slug:code>/"
urlpatterns = [
    path("p/<slug:key>/sites/", sites.sites, name="sites"),
    path("p/<slug:key>/sites/add/", sites.add, name="site-add"),
    path("p/<slug:key>/sites/carry/", sites.carry, name="sites-carry"),
    path("p/<slug:key>/sites/cards/", sites.cards, name="site-cards"),
    path(S, site.site, name="site"),
    path(f"{S}change/", sites.change, name="site-change"),
    path(f"{S}remove/", site.remove, name="site-remove"),
    path(f"{S}link/", site.renew, name="site-link"),
    path(f"{S}count/", site.count, name="site-count"),
    path(f"{S}count/<int:pk>/strike/", site.strike, name="count-strike"),
    path(f"{S}photographs/<int:pk>/", site.photograph, name="photograph"),
    path(f"{S}photographs/<int:pk>/remove/", site.photograph_remove, name="photograph-remove"),
    path("p/<slug:key>/reach/", reach.reach, name="reach"),
    path("p/<slug:key>/reach/rows/", reach.rows, name="reach-rows"),
    path("p/<slug:key>/reach/add/", reach.add, name="reach-add"),
    path("p/<slug:key>/reach/decide/", reach.decide, name="reach-decide"),
    path("p/<slug:key>/reach/file/", reach.workbook, name="reach-file"),
    path("p/<slug:key>/live/", desk.desk, name="desk"),
    path(f"{L}session/", desk.turn, name="desk-turn"),
    path(f"{L}stage/", desk.stage, name="desk-stage"),
    path(f"{L}say/", desk.say, name="desk-say"),
    path(f"{L}questions/<int:pk>/", desk.question, name="desk-question"),
    path(f"{L}polls/", desk.poll_add, name="desk-poll-add"),
    path(f"{L}polls/<int:pk>/", desk.poll, name="desk-poll"),
    path(f"{L}lines/", lines.plan, name="lines"),
    path(f"{L}recordings/", recordings.recordings, name="recordings"),
    path(f"{L}recordings/<int:pk>/", recordings.act, name="recording-act"),
    path(f"{L}recordings/<int:pk>/file/", recordings.file, name="recording-file"),
    path("watch/<slug:key>/<slug:code>/", screens.watch, name="watch"),
    path("watch/<slug:key>/<slug:code>/picture/<path:name>", screens.picture, name="picture"),
    path("watch/<slug:key>/<slug:code>/replay/<int:pk>/", recordings.replay, name="replay"),
    path("watch/<slug:key>/<slug:code>/plain/", plain.page, name="plain"),
    path("watch/<slug:key>/<slug:code>/plain/say/", plain.say, name="plain-say"),
    path("wall/<slug:key>/<slug:code>/", screens.wall, name="wall"),
    path("tablet/<slug:key>/<slug:code>/", screens.tablet, name="tablet"),
    path(D, door.door, name="door"),
    path(f"{D}count/", door.count, name="door-count"),
    path(f"{D}test/", door.test, name="door-test"),
    path(f"{D}screen/", door.screen, name="door-screen"),
    path(f"{D}photograph/", door.photograph, name="door-photograph"),
    path(f"{D}beat/", door.beat, name="door-beat"),
    path(f"{D}sample/", door.sample, name="door-sample"),
]
