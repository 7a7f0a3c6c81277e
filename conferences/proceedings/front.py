"""What the front matter and the index of authors say, as values for their templates."""

import datetime
import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import override
from stdnum import isbn

from conferences import markdown, wording
from conferences.models import Volume
from conferences.proceedings.facts import (
    LANGUAGE,
    PaperFacts,
    Values,
    VolumeFacts,
    agents_of,
    editors_of,
    mark_of,
    volume_info,
)
from conferences.proceedings.limits import TARGET


def fingerprint_of(facts: VolumeFacts) -> str:
    """Another one as soon as anything that the volume is made of has changed."""
    parts = [paper.fingerprint for paper in facts.papers]
    with override(LANGUAGE):
        return mark_of(parts, _front(facts), index_values(facts), volume_info(facts))


def front_values(facts: VolumeFacts) -> Values:
    with override(LANGUAGE):
        return _front(facts)


def _front(facts: VolumeFacts) -> Values:
    volume, edition = facts.volume, facts.volume.edition
    return {
        "timestamp": timestamp(volume),
        "language": LANGUAGE,
        "series": str(edition.series.name),
        "title": volume.title_id,
        "other-title": volume.title_en,
        "other-language": "en",
        "theme": edition.theme_id,
        "when": " · ".join(filter(None, [wording.days(edition.starts_on, edition.ends_on), wording.place(edition)])),
        "editors": [agent.name for agent in editors_of(volume)],
        "publisher": volume.publisher,
        "placed": ", ".join(filter(None, [volume.place, str(volume.year)])),
        "sample": _("sample data") if edition.is_sample else "",
        "words": words(),
        "imprint": imprint(volume),
        "licence": _licence(volume),
        "committee": facts.committee,
        "forewords": [one for language in ("id", "en") if (one := _foreword(volume, language))],
        "contents": [_content(paper) for paper in facts.papers],
    }


def words() -> Values:
    return {
        "editors": _("Editors"),
        "title-page": _("Title page"),
        "imprint": _("Imprint"),
        "committee": _("Committee"),
        "contents": _("Contents"),
    }


def timestamp(volume: Volume) -> int:
    """Of the conference: the same content, the same file."""
    midnight = datetime.datetime.combine(volume.edition.starts_on, datetime.time.min, datetime.UTC)
    return max(0, int(midnight.timestamp()))


def imprint(volume: Volume) -> list[list[str]]:
    rows = [
        (_("Title"), volume.title_id),
        (_("Title in English"), volume.title_en),
        (_("Volume"), volume.number),
        (_("Editors"), "; ".join(str(editor) for editor in volume.editors.all())),
        (_("Publisher"), volume.publisher),
        (_("Place of publication"), volume.place),
        (_("Year of publication"), str(volume.year)),
        ("ISBN", isbn.format(volume.isbn) if volume.isbn else ""),
        ("ISSN", volume.issn),
        ("DOI", f"https://doi.org/{volume.doi}" if volume.doi else ""),
        (_("Licence"), volume.licence.label if volume.licence else ""),
    ]
    return [[str(term), value] for term, value in rows if value]


def _licence(volume: Volume) -> Values:
    licence = volume.licence
    if licence is None:
        return {"label": "", "url": "", "sentence": ""}
    sentence = _("This volume is available under the licence %(licence)s; each paper names its own.")
    return {"label": licence.label, "url": licence.url, "sentence": sentence % {"licence": licence.label}}


def _foreword(volume: Volume, language: str) -> Values | None:
    text = getattr(volume, f"foreword_{language}")
    if not text.strip():
        return None
    with override(language):
        heading = _("Foreword")
    return {"language": language, "heading": heading, "blocks": blocks_of(text), "by": volume.foreword_by}


def blocks_of(text: str) -> list[Values]:
    return [
        {
            "kind": block.kind,
            "lines": [
                [{"text": r.text, "bold": r.is_bold, "italic": r.is_italic, "url": whole(r.url)} for r in line]
                for line in block.lines
            ],
        }
        for block in markdown.parse(text)
    ]


def whole(url: str) -> str:
    """A PDF is read anywhere: only whole addresses lead somewhere."""
    return url if url.startswith(("http://", "https://", "mailto:")) else ""


def _content(paper: PaperFacts) -> Values:
    return {
        "title": paper.title,
        "language": paper.entry.submission.language,
        "authors": paper.entry.names,
        "page": paper.first,
        "target": f"{TARGET}{paper.first}",
    }


def index_values(facts: VolumeFacts) -> Values:
    with override(LANGUAGE):
        return {
            "timestamp": timestamp(facts.volume),
            "language": LANGUAGE,
            "heading": _("Index of authors"),
            "header": facts.volume.title_id,
            "first": facts.after_papers,
            "groups": _groups(facts),
        }


def _groups(facts: VolumeFacts) -> list[Values]:
    pages: dict[tuple[str, str], list[int]] = {}
    names: dict[tuple[str, str], str] = {}
    for paper in facts.papers:
        for author in agents_of(paper.entry):
            key = _sorting(author.family), _sorting(author.given)
            names.setdefault(key, author.inverted)
            pages.setdefault(key, []).append(paper.first)
    groups: dict[str, list[Values]] = {}
    for key in sorted(names):
        found = [{"page": page, "target": f"{TARGET}{page}"} for page in dict.fromkeys(pages[key])]
        groups.setdefault(key[0][:1].upper(), []).append({"name": names[key], "pages": found})
    return [{"letter": letter, "entries": entries} for letter, entries in groups.items()]


def _sorting(name: str) -> str:
    """Without accents: "Éka" stands beside "Eka"."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in apart if letter.isalnum() or letter == " ")
