"""What a search is about, in words: “lansia” · Jawa Tengah, Bali · 2015–2020."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from accounts.models import Organisation, Person
from publications.languages import language_name
from publications.states import Access
from search.query.request import SearchRequest
from search.query.vocabulary import Vocabulary

Names = dict[tuple[str, str], str]


def descriptions(searches: Sequence[SearchRequest | None], known: Vocabulary) -> list[str]:
    """In the language of the page; two statements at most, however many searches there are."""
    names = _names(searches)
    return [_described(asked, known, names) if asked else str(_("(no longer understood)")) for asked in searches]


def described(asked: SearchRequest, known: Vocabulary) -> str:
    return descriptions([asked], known)[0]


def _described(asked: SearchRequest, known: Vocabulary, names: Names) -> str:
    parts = [f"“{asked.words}”"] if asked.words else []
    chosen = (*asked.chosen, *asked.within)
    for name in dict.fromkeys(name for name, _value in chosen):
        values = dict.fromkeys(value for other, value in chosen if other == name)
        parts.append(", ".join(_label(name, value, known, names) for value in values))
    parts += [_years(asked)] if asked.year_from or asked.year_to else []
    return " · ".join(parts) or str(_("All publications"))


def _label(name: str, value: str, known: Vocabulary, names: Names) -> str:
    if name in known.by_slug:
        term = known.by_slug[name].get(value)
        return term.label if term else value
    if name == "akses":
        return str(Access(value).label)
    if name == "bahasa":
        return language_name(value)
    return names.get((name, value), value)


def _years(asked: SearchRequest) -> str:
    if asked.year_from and asked.year_to:
        return f"{asked.year_from}–{asked.year_to}"
    if asked.year_from:
        return _("from %(year)d") % {"year": asked.year_from}
    return _("until %(year)d") % {"year": asked.year_to}


def _names(searches: Iterable[SearchRequest | None]) -> Names:
    """Of the authors and organisations that searches name by number."""
    pairs = {pair for asked in searches if asked for pair in (*asked.chosen, *asked.within)}
    people = [value for name, value in pairs if name == "penulis"]
    organisations = [value for name, value in pairs if name == "lembaga"]
    found: Names = {}
    if people:
        found |= {("penulis", str(one.pk)): one.name for one in Person.objects.filter(pk__in=people)}
    if organisations:
        found |= {("lembaga", str(one.pk)): one.label for one in Organisation.objects.filter(pk__in=organisations)}
    return found
