"""Where nothing is known."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from evidence.mapping.vocabulary import Term
from evidence.models import MapAxis


@dataclass(frozen=True, slots=True)
class Gap:
    """A cell of the evidence map without any public finding.

    `row_studies` are the studies about these people at all, `column_studies` those of this service or outcome for
    whomever: where both are many, the gap stands in the middle of what is known.
    """

    axis: MapAxis
    pmks: Term
    column: Term
    row_studies: int = 0
    column_studies: int = 0

    @property
    def url(self) -> str:
        """Of its (empty) list of findings."""
        name = "layanan" if self.axis == MapAxis.SERVICE else "luaran"
        query = urlencode({"pmks": self.pmks.slug, name: self.column.slug})
        return f"{reverse('evidence:finding_list')}?{query}"
