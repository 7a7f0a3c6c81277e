"""The names that a search has in addresses, and the facet of the index behind each."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from publications.states import Access
from taxonomy import umbrella


@dataclass(frozen=True, slots=True)
class Parameter:
    """`field` is the index's field and, for those that are counted, its facet; `table` the vocabulary of the slugs."""

    name: str
    field: str
    table: str = ""
    is_number: bool = False
    choices: frozenset[str] = frozenset()
    is_counted: bool = True


PARAMETERS = {
    parameter.name: parameter
    for parameter in (
        Parameter("pmks", "pmks", "taxonomy_pmks"),
        Parameter("klaster", "cluster", "taxonomy_cluster"),
        Parameter("jenis", "type", "taxonomy_outputtype"),
        Parameter("tahun", "year", is_number=True),
        Parameter("provinsi", "province", "taxonomy_province"),
        Parameter("metode", "method", "taxonomy_method"),
        Parameter("pilar", "pillar", "taxonomy_pillar"),
        Parameter("layanan", "service", "taxonomy_service"),
        Parameter("psks", "psks", "taxonomy_psks"),
        Parameter("lembaga", "organisation", is_number=True),
        Parameter("konferensi", "conference", "conferences_edition"),
        Parameter("penulis", "person", is_number=True, is_counted=False),
        Parameter("akses", "access", choices=frozenset(Access.values)),
        Parameter("bahasa", "language"),
    )
}
VOCABULARIES = {name: parameter.table for name, parameter in PARAMETERS.items() if parameter.table}


def label_of(name: str) -> str:
    """The heading of a facet, in the language of the page."""
    return {
        "pmks": str(umbrella.current()),
        "klaster": _("Cluster"),
        "jenis": _("Type"),
        "tahun": _("Year"),
        "provinsi": _("Province"),
        "metode": _("Method"),
        "pilar": _("Pillar"),
        "layanan": _("Service"),
        "psks": "PSKS",
        "lembaga": _("Organisation"),
        "konferensi": _("Conference"),
        "penulis": _("Author"),
        "akses": _("Access"),
        "bahasa": _("Language"),
    }[name]
