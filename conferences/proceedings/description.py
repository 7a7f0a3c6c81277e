"""What describes the outputs that a volume and its papers become: nothing of it is typed again."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import slugify
from django.utils.translation import ngettext, override

from conferences.models import BuiltPaper, SubmissionAuthor, Volume, VolumePaper
from conferences.proceedings.facts import PAPER, PROCEEDINGS, event_date
from publications.models import ContributorRole, IdentifierScheme, Output, RelationKind
from publications.states import Access
from taxonomy.models import OutputType, Pmks

Data = dict[str, Any]
MOST_PMKS = 10
KEYWORD, MOST_KEYWORDS = 100, 20


def paper_name(volume: Volume, built: BuiltPaper) -> str:
    return f"{volume.edition.slug}-{built.first_page:03}-{built.last_page:03}.pdf"


def volume_name(volume: Volume) -> str:
    return f"prosiding-{slugify(volume.edition.slug)}.pdf"


def paper_description(volume: Volume, row: VolumePaper, built: BuiltPaper, whole: Output) -> Data:
    submission = row.submission
    words = [word[:KEYWORD] for word in submission.keywords][:MOST_KEYWORDS]
    return {
        **_of_both(volume),
        "type": OutputType.objects.get(code=PAPER),
        "language": submission.language,
        "title_id": submission.title_id,
        "title_en": submission.title_en,
        "abstract_id": submission.abstract_id,
        "abstract_en": submission.abstract_en,
        "keywords_id": words if submission.language == "id" else [],
        "keywords_en": words if submission.language == "en" else [],
        "container_title": volume.title_id,
        "pages": f"{built.first_page}–{built.last_page}",
        "licence": submission.final_paper.licence,
        "contributors": [_author(author) for author in submission.authors.all()],
        "pmks": pmks_of(row),
        "pillars": list(submission.track.pillars.all()),
        "methods": list(submission.methods.all()),
        "provinces": list(submission.provinces.all()),
        "identifiers": [*([(IdentifierScheme.DOI, row.doi)] if row.doi else []), *_numbers(volume)],
        "relations": [{"kind": RelationKind.IS_PART_OF, "target": whole}],
    }


def pmks_of(row: VolumePaper) -> list[Pmks]:
    """The author's first, then those of the track."""
    own, track = row.submission.pmks.all(), row.submission.track.pmks.all()
    return list(dict.fromkeys([*own, *track]))[:MOST_PMKS]


def _of_both(volume: Volume) -> Data:
    date = event_date(volume)
    return {
        "date": date.date,
        "date_precision": date.precision,
        "publisher": volume.publisher,
        "volume": volume.number,
        "access": Access.OPEN,
    }


def _numbers(volume: Volume) -> list[tuple[str, str]]:
    found = [(IdentifierScheme.ISBN, volume.isbn), (IdentifierScheme.ISSN, volume.issn)]
    return [(scheme, value) for scheme, value in found if value]


def _author(author: SubmissionAuthor) -> Data:
    names = ("given_name", "family_name", "affiliation", "affiliation_name", "orcid")
    return {name: getattr(author, name) for name in names} | {"role": ContributorRole.AUTHOR}


def volume_description(volume: Volume) -> Data:
    rows = list(volume.papers.select_related("submission__track").prefetch_related("submission__pmks"))
    editors = [
        {"given_name": e.given_name, "family_name": e.family_name, "role": ContributorRole.EDITOR}
        for e in volume.editors.all()
    ]
    return {
        **_of_both(volume),
        "type": OutputType.objects.get(code=PROCEEDINGS),
        "language": "id",
        "title_id": volume.title_id,
        "title_en": volume.title_en,
        "abstract_id": _abstract(volume, len(rows), "id"),
        "abstract_en": _abstract(volume, len(rows), "en"),
        "licence": volume.licence,
        "contributors": editors or [{"family_name": volume.publisher, "role": ContributorRole.EDITOR}],
        "pmks": _most_common(pmks_of(row) for row in rows),
        "identifiers": [*([(IdentifierScheme.DOI, volume.doi)] if volume.doi else []), *_numbers(volume)],
    }


def _abstract(volume: Volume, count: int, language: str) -> str:
    """What the conference is about, and how many papers there are."""
    with override(language):
        many = ngettext("%(n)s paper of “%(edition)s”.", "%(n)s papers of “%(edition)s”.", count)
        told = many % {"n": count, "edition": volume.edition.title}
    return "\n\n".join(filter(None, [told, getattr(volume.edition, f"summary_{language}")]))


def _most_common(each: Iterable[list[Pmks]]) -> list[Pmks]:
    counts: dict[Pmks, int] = {}
    for kinds in each:
        for kind in kinds:
            counts[kind] = counts.get(kind, 0) + 1
    return sorted(counts, key=lambda kind: (-counts[kind], kind.position))[:MOST_PMKS]
