"""Following a search or topic from its page: `{% follow_button pmks=topic.slug %}`, `{% feed_link asked title=… %}`.

Both take a `SearchRequest`, or parameters of its address.
"""

from typing import Any

from django import template
from django.urls import reverse

from search import saved
from search.models import Collection
from search.queries.alerts import alert_for
from search.query.request import SearchRequest
from search.rules import may_edit_collections

register = template.Library()


def _asked(asked: SearchRequest | None, chosen: dict[str, Any]) -> SearchRequest:
    if asked is None:
        asked = SearchRequest(chosen=tuple((name, str(value)) for name, value in chosen.items()))
    return saved.plain(asked)


@register.inclusion_tag("search/alerts/button.html", takes_context=True)
def follow_button(
    context: template.Context, asked: SearchRequest | None = None, title: str = "", **chosen: Any
) -> dict[str, Any]:
    """Leads to the page where one chooses how often; with the feed beside it. One statement for who is signed in.

    Not inside `kept`: it shows whether the reader follows this already.
    """
    wanted = _asked(asked, chosen)
    query = wanted.to_query_string()
    user = context["request"].user if "request" in context else None
    alert = alert_for(user, wanted) if user is not None and user.is_authenticated else None
    may_collect = user is not None and may_edit_collections(user) and wanted.is_narrowed
    return {
        "alert": alert,
        "follow_url": reverse("following:follow") + query,
        "feed_url": reverse("search:atom") + query,
        "collect_url": reverse("collections:add") + query if may_collect else "",
        "title": title,
    }


@register.inclusion_tag("search/feed_link.html")
def feed_link(asked: SearchRequest | None = None, title: str = "", **chosen: Any) -> dict[str, Any]:
    """For the head of a page, so that feed readers find the feed."""
    return {"url": reverse("search:atom") + _asked(asked, chosen).to_query_string(), "title": title}


@register.inclusion_tag("search/feed_link.html")
def collection_feed_link(collection: Collection) -> dict[str, Any]:
    return {"url": reverse("collections:atom", args=[collection.slug]), "title": collection.title}
