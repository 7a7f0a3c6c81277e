"""What a suggestion says and where it leads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from tantivy import Query, Schema, Searcher

from accounts.models import Organisation, Person
from search import analysis
from search.suggesting.hits import counted
from search.suggesting.names import Bearer
from search.suggesting.topics import Fitting
from search.suggesting.typed import Typed

if TYPE_CHECKING:
    from search.suggesting.gathering import Title


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`notes` tell it apart from others; `language` is the one that `label` is in."""

    label: str
    url: str
    language: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    kind: str
    suggestions: tuple[Suggestion, ...]

    @property
    def label(self) -> str:
        return {
            "topic": _("Topics"),
            "title": _("Publications"),
            "person": _("People"),
            "organisation": _("Organisations"),
        }[self.kind]


def of_topics(found: Iterable[Fitting], searcher: Searcher, schema: Schema) -> list[Suggestion]:
    return [_of_topic(fit, counted(searcher, Query.term_query(schema, "pmks", fit.topic.code), 1)[0]) for fit in found]


def _of_topic(fit: Fitting, count: int) -> Suggestion:
    topic, name = fit.topic, fit.name
    language = "en" if topic.label_en and get_language() == "en" else "id"
    label = topic.label_en if language == "en" else topic.label_id
    notes = (name.text,) if name.is_shown or (name.is_label and name.text != label) else ()
    return Suggestion(label, reverse("topics:topic", args=[topic.slug]), language, (*notes, *_publications(count)))


def of_titles(found: "Iterable[Title]", typed: Typed) -> list[Suggestion]:
    return [_of_title(title, *_shown_title(title, typed)) for title in found]


def _of_title(title: "Title", text: str, language: str) -> Suggestion:
    year = (str(title.year),) if title.year else ()
    return Suggestion(text, reverse("publications:output", args=[title.public_id]), language, year)


def _shown_title(title: "Title", typed: Typed) -> tuple[str, str]:
    """The one that has the words, in the language of the page if both have."""
    both = [(title.title_id, "id"), (title.title_en, "en")]
    if get_language() == "en":
        both.reverse()
    given = [(text, language) for text, language in both if text]
    return next((each for each in given if typed.all_in(_words(each[0]))), given[0])


def of_people(found: Sequence[Bearer]) -> list[Suggestion]:
    people = Person.objects.current().in_bulk([bearer.pk for bearer in found]) if found else {}
    return [
        Suggestion(people[bearer.pk].name, reverse("people:person", args=[bearer.pk]), "", _publications(bearer.count))
        for bearer in found
        if bearer.pk in people
    ]


def of_organisations(found: Sequence[Bearer]) -> list[Suggestion]:
    known = Organisation.objects.current().in_bulk([bearer.pk for bearer in found]) if found else {}
    return [_of_organisation(known[bearer.pk], bearer.count) for bearer in found if bearer.pk in known]


def _of_organisation(organisation: Organisation, count: int) -> Suggestion:
    acronym = (organisation.acronym,) if organisation.acronym else ()
    language = "en" if get_language() == "en" and organisation.name_en else "id"
    address = reverse("people:organisation", args=[organisation.pk])
    return Suggestion(organisation.label, address, language, (*acronym, *_publications(count)))


def _publications(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    shown = number_format(count, force_grouping=True)
    return (ngettext("%(count)s publication", "%(count)s publications", count) % {"count": shown},)


def _words(text: str) -> list[str]:
    return [word.text for word in analysis.words(text)]
