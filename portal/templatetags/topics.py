"""How a topic's page words and links what is counted."""

from django import template
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from evidence.facts import rupiah
from evidence.models import Direction, Said
from evidence.topics.answers import Costs
from evidence.topics.choice import Choice
from evidence.topics.wording import listed, studies
from taxonomy.models import Pmks

register = template.Library()
register.filter("studies", studies)
register.filter("directions_listed", listed)

# What the list of all findings can be asked for by the same names.
_ON_LIST = ("layanan", "luaran", "arah")


@register.simple_tag
def findings_url(topic: Pmks, choice: Choice | None = None, **values: str) -> str:
    """Where the findings stand that a number counts."""
    choice = choice or Choice()
    for name, value in values.items():
        choice = choice.with_(name, value)
    return f"{reverse('topics:topic', args=[topic.slug])}{choice.query}#temuan"


@register.simple_tag
def finding_list_url(topic: Pmks, choice: Choice) -> str:
    """The list of all findings, narrowed in the same way; nothing where it cannot be."""
    if choice.pilar or choice.yakin or choice.sebut:
        return ""
    query = QueryDict(mutable=True)
    query["pmks"] = topic.slug
    for name in _ON_LIST:
        if value := getattr(choice, name):
            query[name] = value
    return f"{reverse('evidence:finding_list')}?{query.urlencode()}"


@register.filter
def cost_range(costs: Costs) -> str:
    """'Rp1.900.000–Rp2.600.000', or one amount."""
    low, high = rupiah(costs.low), rupiah(costs.high)
    return low if low == high else f"{low}–{high}"


@register.filter
def shortened(text: Said, characters: int) -> SafeString:
    """At most so many characters, in its language."""
    return format_html('<span lang="{}">{}</span>', text.language, Truncator(text).chars(characters))


@register.filter
def direction_label(direction: str) -> str:
    return str(Direction(direction).label)
