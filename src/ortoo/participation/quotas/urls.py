"""Addresses of quotas, below `p/<key>/quotas/`."""

from django.urls import URLPattern, URLResolver, path

from ortoo.participation.quotas import decide_views, people_views, sheet_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.quotas, name="quotas"),
    path("total/", views.total, name="quota-total"),
    path("deadlines/", views.deadlines, name="quota-deadlines"),
    path("decide/", decide_views.decide, name="quota-decide"),
    path("requests/", decide_views.requests, name="quota-requests"),
    path("requests/<int:pk>/", decide_views.answer, name="quota-answer"),
    path("candidates/<int:pk>/substitute/", people_views.substitute, name="candidate-substitute"),
    path("<int:pk>/", views.quota, name="quota"),
    path("<int:pk>/below/", views.branch, name="quota-branch"),
    path("<int:pk>/pass/", views.pass_on, name="quota-pass"),
    path("<int:pk>/return/", views.give_back, name="quota-return"),
    path("<int:pk>/ask/", views.ask, name="quota-ask"),
    path("<int:pk>/people/", people_views.people, name="quota-people"),
    path("<int:pk>/people/add/", people_views.propose, name="quota-propose"),
    path("<int:pk>/people/withdraw/", people_views.withdraw, name="quota-withdraw"),
    path("<int:pk>/sheets/", sheet_views.sheet_read, name="quota-sheet-read"),
    path("<int:pk>/sheets/<int:sheet_pk>/", sheet_views.sheet, name="quota-sheet"),
    path("<int:pk>/candidates.xlsx", sheet_views.sheet_file, {"kind": "candidates"}, name="quota-candidates-file"),
    path("<int:pk>/shares.xlsx", sheet_views.sheet_file, {"kind": "shares"}, name="quota-shares-file"),
]
