"""Addresses of this app."""

from django.urls import URLPattern, URLResolver, path

from ortoo.planning.views import notices, plans, rules, why

app_name = "planning"
urlpatterns: list[URLPattern | URLResolver] = [
    path("p/<str:key>/rules/", rules.rules, name="rules"),
    path("p/<str:key>/rules/take/", rules.take_rules, name="take-rules"),
    path("p/<str:key>/rules/undo/", rules.undo_rules, name="undo-rules"),
    path("p/<str:key>/rules/rules.toml", rules.rules_file, name="rules-file"),
    path("p/<str:key>/plans/", plans.plans, name="plans"),
    path("p/<str:key>/why/", why.people, name="why"),
    path("p/<str:key>/why/<str:staff_no>/", why.person, name="why-person"),
    path("p/<str:key>/notices/", notices.latest, name="latest-notices"),
    path("p/<str:key>/plans/<int:number>/", plans.plan, name="plan"),
    path("p/<str:key>/plans/<int:number>/publish/", plans.publish_preview, name="publish-preview"),
    path("p/<str:key>/plans/<int:number>/publish/now/", plans.publish, name="publish"),
    path("p/<str:key>/plans/<int:number>/unpublish/", plans.withdraw, name="unpublish"),
    path("p/<str:key>/plans/<int:number>/drop/", plans.drop, name="drop"),
    path("p/<str:key>/plans/<int:number>/notices/", notices.notices, name="notices"),
    path("p/<str:key>/plans/<int:number>/notices/all.zip", notices.notices_zip, name="notices-zip"),
    path("p/<str:key>/plans/<int:number>/notices/<str:code>.<str:form>", notices.notice, name="notice"),
]
