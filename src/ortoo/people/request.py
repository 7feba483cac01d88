"""A request of somebody who has signed in: the middleware lets no other reach a page that is not open to all."""

from django.http import HttpRequest

from ortoo.people.models import Account


class SignedIn(HttpRequest):
    """For annotations: `user` is an account."""

    user: Account
