"""What a reader may narrow a list by; everything is in the address."""

import datetime
from typing import Any

import django_filters
from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publications.languages import language_name
from publications.models import Output, TopicListing, Version
from publications.queries.lists import Offered
from publications.states import Access

MAX_QUERY = 200


def open_now(today: datetime.date) -> Q:
    """`Version.files_open_on` as a condition on the current version."""
    lifted = Q(current__access=Access.EMBARGOED, current__embargo_until__lte=today)
    return Q(current__access=Access.OPEN) | lifted


class OutputFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """The filters of `/publikasi/`: several values of one filter widen, several filters narrow."""

    q = django_filters.CharFilter(method="search", max_length=MAX_QUERY, label=_("Words"))
    pmks = django_filters.MultipleChoiceFilter(method="in_topics", label="PMKS")
    jenis = django_filters.MultipleChoiceFilter(method="of_types", label=_("Type"))
    tahun = django_filters.MultipleChoiceFilter(field_name="year", distinct=False, label=_("Year"))
    provinsi = django_filters.MultipleChoiceFilter(method="in_provinces", label=_("Province"))
    akses = django_filters.MultipleChoiceFilter(method="with_access", choices=Access.choices, label=_("Access"))
    bahasa = django_filters.MultipleChoiceFilter(field_name="current__language", distinct=False, label=_("Language"))

    class Meta:
        model = Output
        fields: list[str] = []

    def __init__(self, data: Any, queryset: QuerySet[Output], offered: Offered) -> None:
        super().__init__(data, queryset=queryset)
        self.ids = {kind: {term.slug: term.pk for term in terms} for kind, terms in offered.terms.items()}
        self._offer("pmks", [(term.slug, term) for term in offered.terms["pmks"]])
        self._offer("jenis", [(term.slug, term) for term in offered.terms["type"]])
        self._offer("provinsi", [(term.slug, term) for term in offered.terms["province"]])
        self._offer("tahun", [(str(year), year) for year, _count in offered.years])
        self._offer("bahasa", [(code, language_name(code)) for code in offered.languages])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.filters[name].extra["choices"] = choices

    def search(self, outputs: QuerySet[Output], _name: str, words: str) -> QuerySet[Output]:
        return outputs.filter(search=SearchQuery(words, config="simple", search_type="websearch"))

    def of_types(self, outputs: QuerySet[Output], _name: str, slugs: list[str]) -> QuerySet[Output]:
        return outputs.filter(type__in=[self.ids["type"][slug] for slug in slugs])

    def in_topics(self, outputs: QuerySet[Output], _name: str, slugs: list[str]) -> QuerySet[Output]:
        topics = [self.ids["pmks"][slug] for slug in slugs]
        return outputs.filter(Exists(TopicListing.objects.filter(output=OuterRef("pk"), pmks__in=topics)))

    def in_provinces(self, outputs: QuerySet[Output], _name: str, slugs: list[str]) -> QuerySet[Output]:
        provinces = [self.ids["province"][slug] for slug in slugs]
        links = Version.provinces.through.objects.filter(version=OuterRef("current"), province__in=provinces)
        return outputs.filter(Exists(links))

    def with_access(self, outputs: QuerySet[Output], _name: str, kinds: list[str]) -> QuerySet[Output]:
        today = timezone.localdate()
        wanted = Q(current__access__in=set(kinds) - {Access.OPEN, Access.EMBARGOED})
        if Access.OPEN in kinds:
            wanted |= open_now(today)
        if Access.EMBARGOED in kinds:
            wanted |= Q(current__access=Access.EMBARGOED, current__embargo_until__gt=today)
        return outputs.filter(wanted)
