"""Addresses of this app."""

from django.urls import URLPattern, URLResolver, path

from ortoo.people.views import accounts, audit, own, persons, session, units

app_name = "people"
urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", session.sign_in, name="sign-in"),
    path("sign-out/", session.sign_out, name="sign-out"),
    path("password/", session.password, name="password"),
    path("account/", own.account, name="account"),
    path("account/tokens/<int:pk>/stop/", own.stop_token, name="stop-token"),
    path("people/", persons.persons, name="persons"),
    path("people/<str:staff_no>/", persons.person, name="person"),
    path("units/", units.units, name="units"),
    path("units/<str:code>/", units.unit, name="unit"),
    path("units/<str:code>/below/", units.branch, name="branch"),
    path("accounts/", accounts.account_list, name="accounts"),
    path("accounts/clerks/", accounts.open_clerks, name="open-clerks"),
    path("accounts/<int:pk>/", accounts.account_of, name="account-of"),
    path("accounts/<int:pk>/change/", accounts.change_account, name="change-account"),
    path("audit/", audit.audit, name="audit"),
]
