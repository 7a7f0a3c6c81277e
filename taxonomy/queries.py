"""Reads of the vocabularies."""

from typing import TypeVar, cast

from django.db.models import Q

from taxonomy.models import Term

T = TypeVar("T", bound=Term)


def resolve(model: type[T], code_or_slug: str) -> T:
    """The term of this code or address; for a retired one its successor, so that nothing once published breaks.

    Raises `model.DoesNotExist`. A page redirects when the `slug` of what comes back differs from what was asked for.
    """
    term = cast(T, model._default_manager.get(Q(code__iexact=code_or_slug) | Q(slug=code_or_slug.lower())))
    seen = {term.pk}
    while term.retired_on and term.replaced_by and term.replaced_by_id not in seen:
        term = cast(T, term.replaced_by)
        seen.add(term.pk)
    return term
