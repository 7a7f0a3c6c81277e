"""Vocabularies as suggestions in forms of apps that do not know them."""

from typing import Any

from django import template

from taxonomy.models import Province

register = template.Library()


@register.inclusion_tag("taxonomy/province_codes.html")
def province_codes() -> dict[str, Any]:
    """Suggestions for an input with `list="province-codes"`: the code, with the name beside it."""
    return {"provinces": Province.objects.active()}
