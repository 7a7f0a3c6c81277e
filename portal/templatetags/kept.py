"""`{% kept "name" key … %}…{% endkept %}`: a part of a page, drawn again only when something public has changed.

Only for parts that depend on public content, the language of the page and the given keys, never on who reads: the same
text goes to everybody. The keys must name everything else that the part shows.
"""

from typing import Any

from django import template
from django.template import Context
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from publications.queries.generation import generation_of, per_generation

register = template.Library()


class KeptNode(template.Node):
    def __init__(self, keys: list[FilterExpression], nodes: NodeList) -> None:
        self.keys, self.nodes = keys, nodes

    def render(self, context: Context) -> SafeString:
        request = context.get("request")
        generation = generation_of(request) if request is not None else None
        keys: list[Any] = [key.resolve(context) for key in self.keys]
        name = f"kept:{get_language()}:{timezone.localdate()}:{keys!r}"
        text = per_generation(generation, name, lambda: str(self.nodes.render(context)))
        return mark_safe(text)  # noqa: S308 - what the template itself has drawn


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    keys = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    if not keys:
        raise template.TemplateSyntaxError("kept needs a name")
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(keys, nodes)
