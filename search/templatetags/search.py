"""What pages show of the search."""

from typing import Any, cast

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString

from kesos_repo.page_cache import keep_while
from publications.models import Version
from publications.queries.generation import generation_of
from search import drawing
from search.query.related import related_outputs
from search.query.results import Piece
from search.state import State, list_state

register = template.Library()


@register.filter
def marked(pieces: tuple[Piece, ...]) -> SafeString:
    return drawing.marked(pieces)


def _depends(request: HttpRequest) -> State:
    """What is drawn now is kept for others only as long as the index stays the same."""
    return cast(State, keep_while(request, list_state))


@register.simple_tag(takes_context=True)
def search_state(context: template.Context) -> State:
    """For the keys of `kept` around what shows something of the search."""
    return _depends(context["request"])


@register.inclusion_tag("search/parts/index_notice.html", takes_context=True)
def index_notice(context: template.Context) -> dict[str, Any]:
    """On lists: a quiet word while they cannot be searched as usual."""
    return {"is_shown": not _depends(context["request"])[0]}


@register.inclusion_tag("search/parts/related.html", takes_context=True)
def similar_outputs(context: template.Context, version: Version) -> dict[str, Any]:
    """Outputs like this one, with the reason; nothing while there is no index. `version` needs its texts."""
    request = context["request"]
    _depends(request)
    return {"related": related_outputs(version, generation_of(request))}
