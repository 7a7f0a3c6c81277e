"""The whole site as one PDF in a language: the same facts and texts, in the order in which one would read them."""

import datetime
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from conferences import markdown, wording
from conferences.exporting.links import StaticCopy
from conferences.exporting.pictures import Pictures
from conferences.queries.programme_public import programme_of
from conferences.queries.site import DateRow, Site
from conferences.schedules.choosing import by_day
from conferences.schedules.reading import Session
from conferences.templatetags.programme import clock, span, whole_day
from publications.queries.rows import Row
from publications.typesetting import typeset

TEMPLATE = Path(__file__).parent / "site.typ"
Values = dict[str, Any]


def printed(site: Site, copy: StaticCopy, language: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder, translation.override(language):
        pictures = Pictures(Path(folder), TEMPLATE, copy)
        return typeset(pictures.template, _values(site, copy, language, pictures))


def _values(site: Site, copy: StaticCopy, language: str, pictures: Pictures) -> Values:
    edition = site.edition
    midnight = datetime.datetime.combine(edition.starts_on, datetime.time.min, datetime.UTC)
    return {
        "language": language,
        "timestamp": max(0, int(midnight.timestamp())),  # of the conference: the same content, the same file
        "title": str(edition.title),
        "series": str(edition.series.name),
        "theme": str(edition.theme),
        "facts": _facts(site),
        "summary": str(edition.summary),
        "sample": _("sample data") if edition.is_sample else "",
        "sections": [section for section in _sections(site, copy, pictures) if section["items"] or section["gallery"]],
        "page": _("page"),
    }


def _facts(site: Site) -> list[list[str]]:
    edition = site.edition
    hosts = "; ".join(host.organisation.label for host in site.leading_hosts)
    others = "; ".join(host.organisation.label for host in site.co_hosts)
    rows = [
        (_("When"), wording.days(edition.starts_on, edition.ends_on)),
        (_("Where"), wording.place(edition)),
        (_("Online"), edition.online_url or (_("can be followed online") if edition.is_online else "")),
        (_("Host"), hosts),
        (_("With"), others),
        (_("E-mail"), edition.contact_email),
    ]
    return [[term, value] for term, value in rows if value]


def _section(title: str, items: list[Values], gallery: list[Values] | None = None) -> Values:
    return {"title": title, "items": items, "gallery": gallery or []}


def _item(
    title: str,
    *lines: str,
    blocks: list[Values] | None = None,
    kicker: str = "",
    picture: Values | None = None,
) -> Values:
    said = [line for line in lines if line]
    return {"title": title, "lines": said, "blocks": blocks or [], "kicker": kicker, "picture": picture}


def _gallery(site: Site, pictures: Pictures) -> Values:
    """As many as there is room for; where there are more, it says where they lie."""
    shown = [picture for photo in site.gallery if (picture := pictures.of(photo.pk))]
    rest = len(site.gallery) - len(shown)
    text = ngettext(
        "%(n)s more picture lies in the folder foto/.", "%(n)s more pictures lie in the folder foto/.", rest
    )
    return _section(_("Photographs"), [_item("", text % {"n": rest})] if rest else [], shown)


def _sections(site: Site, copy: StaticCopy, pictures: Pictures) -> list[Values]:
    return [
        _section(_("Important dates"), [_item(row.label, _when(row, site)) for row in site.dates]),
        _section(_("Tracks"), [_track(track) for track in site.tracks]),
        _section(_("Themes that research is missing on"), [_item(str(theme.text)) for theme in site.themes]),
        _section(_("Speakers"), [_speaker(speaker, pictures) for speaker in site.speakers]),
        *_programme(site),
        _section(_("Committee"), [_group(group) for group in site.committee]),
        _section(_("Sponsors"), [_sponsor(sponsor, pictures) for sponsor in site.sponsors]),
        *(_section(str(page.title), [_item("", blocks=_blocks(page.body, copy))]) for page in site.edition.pages.all()),
        _section(pgettext("of a conference", "Papers"), [_paper(row) for row in site.papers]),
        _section(_("News"), [_news(item, copy, pictures) for item in site.news]),
        _gallery(site, pictures),
    ]


def _when(row: DateRow, site: Site) -> str:
    when = wording.moment(row.date.at, site.edition)
    if not row.was_put_off or row.date.was_at is None:
        return when
    return f"{when} ({_('formerly')} {wording.moment(row.date.was_at, site.edition)})"


def _track(track: Any) -> Values:
    subjects = ", ".join(term.label for term in [*track.pmks.all(), *track.pillars.all()])
    return _item(str(track.name), str(track.about), subjects)


def _programme(site: Site) -> list[Values]:
    programme = programme_of(site.edition)
    if programme is None:
        return []
    title = pgettext("of a conference", "Programme")
    days = by_day(programme.sessions)
    return [_section(f"{title}: {whole_day(day.date)}", [_session(one) for one in day.sessions]) for day in days]


def _session(session: Session) -> Values:
    where = ", ".join(filter(None, [str(session.room.name) if session.room else "", *session.chairs]))
    items = [] if session.is_single else session.items
    lines = [", ".join([f"{clock(item.starts_at)} {item.title}", *(one.name for one in item.people)]) for item in items]
    return _item(str(session.title), where, *lines, kicker=span(session))


def _speaker(speaker: Any, pictures: Pictures) -> Values:
    kicker = _("Keynote") if speaker.is_keynote else ""
    texts = (speaker.affiliation, str(speaker.topic), str(speaker.about))
    return _item(speaker.name, *texts, kicker=kicker, picture=pictures.of(speaker.photo_id))


def _sponsor(sponsor: Any, pictures: Pictures) -> Values:
    return _item(sponsor.name, str(sponsor.note), picture=pictures.of(sponsor.logo_id))


def _group(group: Any) -> Values:
    members = [
        ", ".join(filter(None, [member.name, member.affiliation, *(str(track.name) for track in member.tracks.all())]))
        for member in group.members
    ]
    return _item(capfirst(str(group.role.label)), *members)


def _paper(row: Row) -> Values:
    return _item(row.version.title, ", ".join(row.names), f"{settings.SITE_URL}/publikasi/{row.output.public_id}/")


def _news(item: Any, copy: StaticCopy, pictures: Pictures) -> Values:
    kicker = f"{capfirst(str(item.get_kind_display()))} · {date_format(item.published_at, 'DATE_FORMAT')}"
    picture = pictures.of(item.photo_id)
    return _item(str(item.title), str(item.lede), blocks=_blocks(item.body, copy), kicker=kicker, picture=picture)


def _blocks(text: str, copy: StaticCopy) -> list[Values]:
    return [
        {
            "kind": block.kind,
            "level": block.level,
            "lines": [
                [
                    {"text": run.text, "bold": run.is_bold, "italic": run.is_italic, "url": _absolute(run.url, copy)}
                    for run in line
                ]
                for line in block.lines
            ],
        }
        for block in markdown.parse(text)
    ]


def _absolute(url: str, copy: StaticCopy) -> str:
    """A PDF is read anywhere: only whole addresses lead somewhere."""
    if url.startswith("#"):
        return ""
    return copy.away(url) if url.startswith("/") else url
