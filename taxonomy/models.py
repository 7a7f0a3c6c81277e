"""Controlled vocabularies. Every term keeps its code for ever; a retired one points to its successor."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class TermQuerySet(models.QuerySet[Any]):
    def active(self) -> Self:
        return self.filter(retired_on=None)


class Term(models.Model):
    """What all vocabularies share.

    `loaded` remembers the values of the last load from the CSV, so that the next load changes only what an
    administrator has not edited since.
    """

    code = models.CharField(_("code"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    label_id = models.CharField(_("name in Indonesian"), max_length=200)
    label_en = models.CharField(_("name in English"), max_length=200, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", verbose_name=_("replaced by"), null=True, blank=True, on_delete=models.PROTECT, related_name="replaces"
    )
    replaced_by_id: int | None  # said here, since type checkers do not find it on an abstract model
    loaded = models.JSONField(default=dict, editable=False)

    objects = TermQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(replaced_by=models.F("id")), name="%(app_label)s_%(class)s_not_own_successor"
            )
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        if self.replaced_by_id and self.replaced_by_id == self.pk:
            raise ValidationError({"replaced_by": _("A term cannot replace itself.")})
        if self.replaced_by_id and not self.retired_on:
            raise ValidationError({"retired_on": _("A term that is replaced needs the date it was retired on.")})
        if self._comes_after_itself():
            raise ValidationError({"replaced_by": _("That term is itself replaced by this one.")})

    def _comes_after_itself(self) -> bool:
        """Whether the successors lead back here: such an address would redirect for ever."""
        seen: set[int | None] = {self.pk} if self.pk else set()
        successor = self.replaced_by
        while successor:
            if successor.pk in seen:
                return True
            seen.add(successor.pk)
            successor = successor.replaced_by
        return False

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        if get_language() == "en" and self.label_en:
            return self.label_en
        return self.label_id


class Cluster(Term):
    """A group of PMKS kinds as readers know them: children, older people, disability …"""

    class Meta(Term.Meta):
        verbose_name = _("cluster")
        verbose_name_plural = _("clusters")


class PasGroup(Term):
    """One of the 12 groups of Pemerlu Atensi Sosial (Kepmensos 103/HUK/2025)."""

    class Meta(Term.Meta):
        verbose_name = _("12-PAS group")
        verbose_name_plural = _("12-PAS groups")


class AtensiCluster(Term):
    """A cluster of the ATENSI programme (Permensos 7/2021)."""

    class Meta(Term.Meta):
        verbose_name = _("ATENSI cluster")
        verbose_name_plural = _("ATENSI clusters")


class Verification(models.TextChoices):
    """How far a definition was checked against the regulation."""

    SEEN = "seen", _("checked against the regulation")
    PARTIAL = "partial", _("checked in part")
    MEMORY = "memory", _("not yet checked")


# What stands in place of years of age, where a kind is not told by age.
AGE_WORDS = {"semua": _("all ages"), "keluarga": _("families"), "komunitas": _("communities")}


class Pmks(Term):
    """One of the 26 kinds of people with social-welfare problems (Permensos 8/2012)."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    cluster = models.ForeignKey(Cluster, verbose_name=_("cluster"), on_delete=models.PROTECT, related_name="pmks")
    other_clusters = models.ManyToManyField(
        Cluster, verbose_name=_("other clusters"), blank=True, related_name="also_pmks"
    )
    definition_id = models.TextField(_("definition in Indonesian"))
    definition_en = models.TextField(_("definition in English"), blank=True)
    criteria_id = models.TextField(_("criteria in Indonesian"), blank=True)
    criteria_en = models.TextField(_("criteria in English"), blank=True)
    age = models.CharField(_("age"), max_length=40, blank=True)
    sex = models.CharField(_("sex"), max_length=10, blank=True)
    code_2007 = models.CharField(_("code before 2012"), max_length=40, blank=True)
    abbreviations = models.CharField(_("abbreviations"), max_length=120, blank=True)
    uu11_criterion = models.CharField(_("criterion of UU 11/2009"), max_length=120, blank=True)
    atensi_clusters = models.ManyToManyField(AtensiCluster, verbose_name=_("ATENSI clusters"), blank=True)
    pas_group = models.ForeignKey(
        PasGroup, verbose_name=_("12-PAS group"), null=True, blank=True, on_delete=models.PROTECT, related_name="pmks"
    )
    verification = models.CharField(
        _("verification"), max_length=10, choices=Verification.choices, default=Verification.MEMORY
    )

    class Meta(Term.Meta):
        verbose_name = _("PMKS kind")
        verbose_name_plural = _("PMKS kinds")

    @property
    def definition(self) -> str:
        return self.definition_en if get_language() == "en" and self.definition_en else self.definition_id

    @property
    def criteria(self) -> str:
        return self.criteria_en if get_language() == "en" and self.criteria_en else self.criteria_id

    @property
    def age_label(self) -> str:
        """The years as they are; the regulation's words in the language of the page."""
        return str(AGE_WORDS.get(self.age, self.age))

    @property
    def is_paraphrase(self) -> bool:
        """Whether the definition must be shown as a summary, not as the regulation's text."""
        return self.verification != Verification.SEEN


class Psks(Term):
    """One of the 12 potentials and sources of social welfare."""

    abbreviation = models.CharField(_("abbreviation"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=40, blank=True)

    class Meta(Term.Meta):
        verbose_name = _("PSKS kind")
        verbose_name_plural = _("PSKS kinds")


class Pillar(Term):
    """One of the four pillars of social-welfare provision (UU 11/2009)."""

    aim_id = models.TextField(_("aim in Indonesian"), blank=True)
    aim_en = models.TextField(_("aim in English"), blank=True)
    articles = models.CharField(_("articles"), max_length=120, blank=True)

    class Meta(Term.Meta):
        verbose_name = _("pillar")
        verbose_name_plural = _("pillars")

    @property
    def aim(self) -> str:
        return self.aim_en if get_language() == "en" and self.aim_en else self.aim_id


class Service(Term):
    """A service or intervention within a pillar."""

    pillar = models.ForeignKey(Pillar, verbose_name=_("pillar"), on_delete=models.PROTECT, related_name="services")

    class Meta(Term.Meta):
        verbose_name = _("service")
        verbose_name_plural = _("services")


class Province(Term):
    """A province; `code` is ISO 3166-2, since the BPS and Kemendagri codes disagree in Papua."""

    kemendagri_code = models.CharField(_("Kemendagri code"), max_length=4)
    bps_code = models.CharField(_("BPS code"), max_length=4)
    capital = models.CharField(_("capital"), max_length=60, blank=True)
    island_group = models.CharField(_("island group"), max_length=40, blank=True)
    tile_column = models.PositiveSmallIntegerField(_("column on the tile map"), default=0)
    tile_row = models.PositiveSmallIntegerField(_("row on the tile map"), default=0)
    aliases = models.JSONField(_("also written as"), default=list, blank=True)

    class Meta(Term.Meta):
        verbose_name = _("province")
        verbose_name_plural = _("provinces")


class OutputType(Term):
    """A COAR resource type with its names in other schemes; `code` is the last part of the COAR URI."""

    coar_uri = models.URLField(_("COAR address"))
    info_eu_repo = models.CharField(max_length=40, blank=True)
    schema_org = models.CharField(max_length=40, blank=True)
    crossref = models.CharField(max_length=40, blank=True)
    bibtex = models.CharField(max_length=40, blank=True)
    ris = models.CharField(max_length=20, blank=True)
    is_core = models.BooleanField(_("offered first"), default=True)

    class Meta(Term.Meta):
        verbose_name = _("output type")
        verbose_name_plural = _("output types")


class Method(Term):
    parent = models.ForeignKey(
        "self", verbose_name=_("broader"), null=True, blank=True, on_delete=models.PROTECT, related_name="narrower"
    )
    is_technique = models.BooleanField(_("a way of collecting data"), default=False)
    aliases = models.JSONField(_("also written as"), default=list, blank=True)

    class Meta(Term.Meta):
        verbose_name = _("method")
        verbose_name_plural = _("methods")


class Licence(Term):
    """A licence; `code` is the SPDX identifier or a LicenseRef."""

    url = models.URLField(_("address of the text"), blank=True)
    allows_commercial = models.BooleanField(_("allows commercial use"), default=False)
    allows_derivatives = models.BooleanField(_("allows derivatives"), default=False)

    class Meta(Term.Meta):
        verbose_name = _("licence")
        verbose_name_plural = _("licences")


class Outcome(Term):
    """What a service is meant to change in people's lives, or in the service itself: what a finding measures."""

    definition_id = models.TextField(_("definition in Indonesian"), blank=True)
    definition_en = models.TextField(_("definition in English"), blank=True)

    class Meta(Term.Meta):
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")

    @property
    def definition(self) -> str:
        return self.definition_en if get_language() == "en" and self.definition_en else self.definition_id
