"""What pages show of the search."""

from typing import Any, cast

from django import template
from django.http import HttpRequest
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe

from kesos_repo.page_cache import keep_while
from publications.models import Version
from publications.queries.generation import generation_of, per_generation
from search import drawing
from search.listing import Listing
from search.query.kept import Kept
from search.query.related import related_outputs
from search.query.results import Hit, Result
from search.state import State, list_state

register = template.Library()
_drawn: Kept[tuple[Result, SafeString]] = Kept(200)


@register.filter
def as_hits(found: tuple[Hit, ...], level: int) -> SafeString:
    """A list of what a search found; `level` of its headings."""
    return drawing.hits(found, level)


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


class DrawnNode(template.Node):
    def __init__(self, listing: FilterExpression, part: str, nodes: NodeList) -> None:
        self.listing, self.part, self.nodes = listing, part, nodes

    def render(self, context: template.Context) -> SafeString:
        listing: Listing = self.listing.resolve(context)
        if listing.generation is None:
            return self.nodes.render(context)
        name = f"search:{self.part}:{listing.action}"
        if (result := listing.result) is None:
            text = per_generation(
                listing.generation, f"{name}:{listing.state}", lambda: str(self.nodes.render(context))
            )
            return mark_safe(text)  # noqa: S308 - what the template itself has drawn
        # The result is kept with it, so that no other can have its number.
        return _drawn.get((id(result), name), lambda: (result, self.nodes.render(context)))[1]


@register.tag
def drawn(parser: Parser, token: Token) -> DrawnNode:
    """`{% drawn listing part %}…{% enddrawn %}`: drawn once for the same answer.

    Nothing in it may depend on the reader. Where the list stands as it is, without a search, the part is kept for all
    of its pages until something public changes.
    """
    _name, listing, part = token.split_contents()
    nodes = parser.parse(("enddrawn",))
    parser.delete_first_token()
    return DrawnNode(parser.compile_filter(listing), part, nodes)
