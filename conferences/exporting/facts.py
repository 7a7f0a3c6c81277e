"""Everything public of an edition as plain values; `schema.json` describes them. Changes of form raise VERSION."""

from typing import Any

from django.conf import settings

from conferences.exporting.names import VOLUME_FILE, photo_name, template_name
from conferences.models import Photo
from conferences.queries.site import Site
from conferences.queries.volume_page import PaperRow, VolumePage, volume_page
from publications.queries.rows import Row

VERSION = "1.1"
BOTH = ("id", "en")
Facts = dict[str, Any]


def edition_facts(site: Site) -> Facts:
    edition = site.edition
    return {
        "schema": "repositori-kesos/conference-edition",
        "version": VERSION,
        "is_sample": edition.is_sample,
        "series": {**_texts(edition.series, "name", "about"), "slug": edition.series.slug, "issn": edition.series.issn},
        "number": edition.number,
        "slug": edition.slug,
        **_texts(edition, "title", "theme", "summary"),
        "starts_on": edition.starts_on.isoformat(),
        "ends_on": edition.ends_on.isoformat(),
        "zone": edition.zone,
        "is_online": edition.is_online,
        "online_url": edition.online_url,
        "venue": edition.venue,
        "address": edition.address,
        "city": edition.city,
        "contact_email": edition.contact_email,
        "hosts": [_host(host) for host in site.hosts],
        "dates": [_date(row.date, edition) for row in site.dates],
        "tracks": [_track(track) for track in site.tracks],
        "themes": [_theme(theme) for theme in site.themes],
        "questions": [_question(question) for question in site.questions],
        "templates": [_template(template) for template in site.templates],
        "committee": [_member(member, group.role) for group in site.committee for member in group.members],
        "speakers": [_speaker(speaker) for speaker in site.speakers],
        "sponsors": [_sponsor(sponsor) for sponsor in site.sponsors],
        "news": [_news(item) for item in site.news],
        "pages": [_page(page) for page in site.edition.pages.all()],
        "papers": [_paper(row) for row in site.papers],
        "proceedings": _proceedings(volume_page(edition)),
        "photos": [_photo(photo) for photo in site.gallery],
    }


def _texts(row: Any, *names: str) -> Facts:
    """`{"title": {"id": …, "en": …}}`; a language that is missing is an empty text."""
    return {name: {language: getattr(row, f"{name}_{language}") for language in BOTH} for name in names}


def _host(host: Any) -> Facts:
    unit = host.organisation
    names = {"id": unit.name, "en": unit.name_en}
    return {"name": names, "ror": unit.ror or "", "is_co_host": host.is_co_host}


def _date(date: Any, edition: Any) -> Facts:
    at, was = (moment and moment.astimezone(edition.tz).isoformat() for moment in (date.at, date.was_at))
    return {"kind": date.kind, **_texts(date, "label"), "at": at, "was_at": was}


def _terms(terms: Any) -> list[Facts]:
    return [{"code": term.code, "label": {"id": term.label_id, "en": term.label_en}} for term in terms]


def _track(track: Any) -> Facts:
    plain = {name: getattr(track, name) for name in ("code", "wants", "words_min", "words_max", "pages_max")}
    subjects = {"pmks": _terms(track.pmks.all()), "pillars": _terms(track.pillars.all())}
    return {**plain, **_texts(track, "name", "about"), **subjects}


def _theme(theme: Any) -> Facts:
    pmks = theme.pmks.code if theme.pmks else ""
    return {**_texts(theme, "text"), "pmks": pmks, "service": theme.service.code if theme.service else ""}


def _question(question: Any) -> Facts:
    plain = {name: getattr(question, name) for name in ("kind", "is_required", "words_max", "options")}
    return {**_texts(question, "label", "help"), **plain}


def _template(template: Any) -> Facts:
    file = {"file": f"berkas/{template_name(template)}", "size": template.blob.size, "sha256": template.blob.sha256}
    return {**_texts(template, "label"), **file}


def _member(member: Any, role: str) -> Facts:
    tracks = [track.code for track in member.tracks.all()]
    return {"role": str(role), "name": member.name, "affiliation": member.affiliation, "tracks": tracks}


def _speaker(speaker: Any) -> Facts:
    plain = {name: getattr(speaker, name) for name in ("name", "affiliation", "is_keynote")}
    return {**plain, **_texts(speaker, "topic", "about"), "photo": _file(speaker.photo)}


def _sponsor(sponsor: Any) -> Facts:
    return {"name": sponsor.name, "url": sponsor.url, **_texts(sponsor, "note"), "logo": _file(sponsor.logo)}


def _news(item: Any) -> Facts:
    published = item.published_at.isoformat()
    plain = {"slug": item.slug, "kind": item.kind, "published_at": published, "photo": _file(item.photo)}
    return {**plain, **_texts(item, "title", "lede", "body")}


def _page(page: Any) -> Facts:
    return {"slug": page.slug, "in_menu": page.in_menu, **_texts(page, "title", "body")}


def _paper(row: Row) -> Facts:
    address = f"{settings.SITE_URL}/publikasi/{row.output.public_id}/"
    plain = {"id": row.output.public_id, "url": address, "year": row.output.year, "is_sample": row.output.is_sample}
    return {**plain, **_texts(row.version, "title")}


def _proceedings(page: VolumePage | None) -> Facts | None:
    if page is None:
        return None
    volume = page.volume
    plain = {name: getattr(volume, name) for name in ("number", "publisher", "place", "year", "isbn", "issn", "doi")}
    return {
        **_texts(volume, "title"),
        **plain,
        "editors": [str(editor) for editor in volume.editors.all()],
        "licence": volume.licence.code if volume.licence else "",
        "file": VOLUME_FILE if page.file else "",
        "contents": [_content(paper) for paper in page.papers],
    }


def _content(paper: PaperRow) -> Facts:
    row = paper.row
    told = {"pages": row.pages, "authors": paper.names, "id": (paper.output.public_id if paper.output else "") or ""}
    return {**_texts(row.submission, "title"), **told}


def _photo(photo: Photo) -> Facts:
    size = {"width": photo.width, "height": photo.height, "credit": photo.credit}
    return {"file": _file(photo), **_texts(photo, "alt"), **size}


def _file(photo: Photo | None) -> str:
    return f"foto/{photo_name(photo)}" if photo else ""
