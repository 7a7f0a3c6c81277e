"""`{% add_to_collection output %}`: for curators, on the page of an output."""

from typing import Any

from django import template

from publications.models import Output
from search.queries.collections import curated_with
from search.rules import may_edit_collections

register = template.Library()


@register.inclusion_tag("search/collections/add.html", takes_context=True)
def add_to_collection(context: template.Context, output: Output) -> dict[str, Any]:
    """One statement for curators, none for others; nothing for what is not public."""
    request = context.get("request")
    if request is None or not output.is_public or not may_edit_collections(request.user):
        return {"is_offered": False}
    return {
        "is_offered": True,
        "output": output,
        "collections": curated_with(output),
        "csrf_token": context.get("csrf_token"),
    }
