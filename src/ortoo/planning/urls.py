"""Addresses of this app."""

from django.urls import URLPattern, URLResolver, path

from ortoo.planning.views import by_hand, compare, notices, plans, rooms, route, rules, seats, variants, why

app_name = "planning"
urlpatterns: list[URLPattern | URLResolver] = [
    path("p/<str:key>/rules/", rules.rules, name="rules"),
    path("p/<str:key>/rules/take/", rules.take_rules, name="take-rules"),
    path("p/<str:key>/rules/undo/", rules.undo_rules, name="undo-rules"),
    path("p/<str:key>/rules/rules.toml", rules.rules_file, name="rules-file"),
    path("p/<str:key>/plans/", plans.plans, name="plans"),
    path("p/<str:key>/plan-route/", route.route, name="route"),
    path("p/<str:key>/plan-route/<int:number>/undo/", route.undo, name="undo-route"),
    path("p/<str:key>/seats/", seats.seats, name="seats"),
    path("p/<str:key>/rooms/", rooms.first, name="rooms-first"),
    path("p/<str:key>/rooms/<int:leg>/", rooms.board, name="rooms"),
    path("p/<str:key>/rooms/<int:leg>/give/", rooms.solve, name="rooms-give"),
    path("p/<str:key>/rooms/<int:leg>/move/", rooms.move, name="rooms-move"),
    path("p/<str:key>/rooms/<int:leg>/swap/", rooms.swap, name="rooms-swap"),
    path("p/<str:key>/rooms/<int:leg>/fix/", rooms.fix, name="rooms-fix"),
    path("p/<str:key>/rooms/<int:leg>/undo/", rooms.undo, name="rooms-undo"),
    path("p/<str:key>/rooms/<int:leg>/tell/", rooms.tell, name="rooms-tell"),
    path("p/<str:key>/rooms/<int:leg>/doors.pdf", rooms.doors, name="rooms-doors"),
    path("p/<str:key>/rooms/<int:leg>/rooms.xlsx", rooms.sheet, name="rooms-sheet"),
    path("p/<str:key>/why/", why.people, name="why"),
    path("p/<str:key>/why/<str:staff_no>/", why.person, name="why-person"),
    path("p/<str:key>/notices/", notices.latest, name="latest-notices"),
    path("p/<str:key>/plans/<int:number>/", plans.plan, name="plan"),
    path("p/<str:key>/plans/<int:number>/publish/", plans.publish_preview, name="publish-preview"),
    path("p/<str:key>/plans/<int:number>/publish/now/", plans.publish, name="publish"),
    path("p/<str:key>/plans/<int:number>/unpublish/", plans.withdraw, name="unpublish"),
    path("p/<str:key>/plans/<int:number>/drop/", plans.drop, name="drop"),
    path("p/<str:key>/plans/<int:number>/compare/", compare.compare, name="compare"),
    path("p/<str:key>/plans/<int:number>/what-if/", variants.what_if, name="what-if"),
    path("p/<str:key>/plans/<int:number>/again/", variants.again, name="again"),
    path("p/<str:key>/plans/<int:number>/looser/", variants.try_looser, name="try-looser"),
    path("p/<str:key>/plans/<int:number>/adopt/", variants.adopt, name="adopt"),
    path("p/<str:key>/plans/<int:number>/copy/", by_hand.copy, name="copy"),
    path("p/<str:key>/plans/<int:number>/hand/", by_hand.board, name="by-hand"),
    path("p/<str:key>/plans/<int:number>/hand/move/", by_hand.move, name="move"),
    path("p/<str:key>/plans/<int:number>/hand/swap/", by_hand.swap, name="swap"),
    path("p/<str:key>/plans/<int:number>/hand/pin/", by_hand.pin, name="pin"),
    path("p/<str:key>/plans/<int:number>/notices/", notices.notices, name="notices"),
    path("p/<str:key>/plans/<int:number>/notices/all.zip", notices.notices_zip, name="notices-zip"),
    path("p/<str:key>/plans/<int:number>/notices/<str:code>.<str:form>", notices.notice, name="notice"),
]
