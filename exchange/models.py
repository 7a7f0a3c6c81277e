"""What is told to the registries of DOIs."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conferences.models import Volume, VolumePaper
from exchange.states import DepositState
from publications.models import Output


class Agency(models.TextChoices):
    CROSSREF = "crossref", "Crossref"
    DATACITE = "datacite", "DataCite"


class DoiDeposit(models.Model):
    """The last check of one DOI's file for one agency. `paper` is None for the volume itself.

    `fingerprint`: of the file that was checked; another file is one that nobody has checked.
    """

    volume = models.ForeignKey(Volume, on_delete=models.CASCADE, related_name="doi_deposits")
    paper = models.ForeignKey(VolumePaper, null=True, blank=True, on_delete=models.CASCADE, related_name="doi_deposits")
    agency = models.CharField(_("agency"), max_length=8, choices=Agency.choices)
    doi = models.CharField("DOI", max_length=150)
    state = models.CharField(_("state"), max_length=8, choices=DepositState.choices)
    message = models.TextField(_("what is wrong"), max_length=2000, blank=True)
    fingerprint = models.CharField(max_length=64)
    checked_at = models.DateTimeField(_("checked at"))

    class Meta:
        verbose_name = _("deposit of a DOI")
        verbose_name_plural = _("deposits of DOIs")
        ordering = ["volume", "agency", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "doi"], name="doi_deposit_once"),
            models.CheckConstraint(condition=~Q(state="faulty") | ~Q(message=""), name="doi_deposit_faulty_says_why"),
        ]

    def __str__(self) -> str:
        return self.doi

    @property
    def output(self) -> Output | None:
        """What the DOI leads to, once it is handed in."""
        if self.paper is None:
            return self.volume.output
        paper = getattr(self.paper.submission, "paper", None)
        return paper.output if paper else None
