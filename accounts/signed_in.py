"""Who is signed in, with a type, for views whose access rule is that somebody is."""

from django.http import HttpRequest

from accounts.models import User


def person(request: HttpRequest) -> User:
    """The access rule of the view has made sure that somebody is signed in."""
    if not isinstance(request.user, User):
        raise TypeError("this view is for people who are signed in")
    return request.user
