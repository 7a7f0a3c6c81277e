"""The news of an edition as an Atom feed (RFC 4287)."""

import re

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conferences import markdown
from conferences.models import Edition, News

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_feed(edition: Edition, news: list[News], base: str) -> str:
    """`base` is scheme and host. An entry keeps its id in both languages."""
    own = base + reverse("conferences:edition_feed", args=[edition.slug])
    feed = Atom1Feed(
        title=clean(_("News of %(edition)s") % {"edition": edition.title}),
        link=base + reverse("conferences:edition_news", args=[edition.slug]),
        description=None,
        language=get_language() or "id",
        feed_url=own,
        feed_guid=own,
        author_name=clean(str(edition.series.name)),
    )
    for item in news:
        feed.add_item(
            title=clean(item.title),
            link=base + reverse("conferences:edition_news_item", args=[edition.slug, item.slug]),
            description=markdown.render(clean(item.lede or item.body)),
            unique_id=f"{base}/konferensi/{edition.slug}/berita/#{item.pk}",
            pubdate=item.published_at,
            updateddate=item.published_at,
        )
    return feed.writeString("utf-8")


def clean(text: str) -> str:
    return _NOT_IN_XML.sub("", text)
