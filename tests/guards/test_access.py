"""Closed by default: every address says who may call it, and the middleware refuses one that doesn't."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import Role, User
from kesos_repo.access import Access, AccessMiddleware, access, declared_access


def every_view(patterns: Any = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            yield from every_view(entry.url_patterns, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry.callback


VIEWS = list(every_view())


@pytest.mark.parametrize(("address", "view"), VIEWS, ids=[address for address, _view in VIEWS])
def test_every_address_declares_who_may_call_it(address: str, view: Any) -> None:
    assert declared_access(view) is not None, f"{address} declares no access rule"


def test_there_are_addresses_at_all() -> None:
    assert len(VIEWS) > 40


def answer(view: Any, user: Any) -> Any:
    request = RequestFactory().get("/halaman/?a=1")
    request.user = user
    return AccessMiddleware(lambda r: HttpResponse()).process_view(request, view)


def plain(request: Any) -> HttpResponse:
    return HttpResponse("rahasia")


def test_a_view_without_a_rule_is_refused_to_everybody() -> None:
    for user in (AnonymousUser(), User(role=Role.ADMINISTRATOR)):
        with pytest.raises(PermissionDenied):
            answer(plain, user)


ALLOWED = {
    Access.SIGNED_IN: {Role.RESEARCHER, Role.POLICYMAKER, Role.CURATOR, Role.ADMINISTRATOR},
    Access.CURATOR: {Role.CURATOR, Role.ADMINISTRATOR},
    Access.ADMINISTRATOR: {Role.ADMINISTRATOR},
}


@pytest.mark.parametrize("level", ALLOWED)
@pytest.mark.parametrize("role", list(Role))
def test_every_level_and_role(level: Access, role: Role) -> None:
    view = access(level)(lambda request: HttpResponse())
    if role in ALLOWED[level]:
        assert answer(view, User(role=role)) is None
    else:
        with pytest.raises(PermissionDenied):
            answer(view, User(role=role))


@pytest.mark.parametrize("level", ALLOWED)
def test_nobody_is_sent_to_sign_in_and_back(level: Access) -> None:
    response = answer(access(level)(lambda request: HttpResponse()), AnonymousUser())
    assert response.status_code == 302
    assert response["Location"].endswith("?next=%2Fhalaman%2F%3Fa%3D1")


def test_what_is_public_is_open() -> None:
    assert answer(access(Access.PUBLIC)(lambda request: HttpResponse()), AnonymousUser()) is None
