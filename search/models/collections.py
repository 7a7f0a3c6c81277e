"""Outputs that belong together: chosen by hand and put in order, or all that a saved search finds."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from publications.models import Output
from search.models.alerts import MOST_CHARACTERS

if TYPE_CHECKING:
    from accounts.models import User

SLUG = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Small letters, digits and single hyphens only."))


class CollectionKind(models.TextChoices):
    CURATED = "curated", _("chosen by hand")
    QUERY = "query", _("all that a search finds")


class CollectionQuerySet(models.QuerySet["Collection"]):
    def public(self) -> Self:
        return self.filter(is_published=True)

    def visible_to(self, user: Any) -> Self:
        """Curators prepare collections before others see them."""
        return self.all() if user.is_authenticated and user.is_curator else self.public()


class Collection(models.Model):
    """`query` is the address of the search, without page and order; empty for what is chosen by hand."""

    slug = models.CharField(_("address"), max_length=80, unique=True, validators=[SLUG])
    kind = models.CharField(_("kind"), max_length=8, choices=CollectionKind.choices, default=CollectionKind.CURATED)
    query = models.CharField(max_length=MOST_CHARACTERS, blank=True)
    title_id = models.CharField(_("title in Indonesian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200)
    description_id = models.TextField(_("description in Indonesian"), max_length=4000, blank=True)
    description_en = models.TextField(_("description in English"), max_length=4000, blank=True)
    is_published = models.BooleanField(_("published"), default=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    created_by: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    outputs: "models.ManyToManyField[Output, CollectionItem]" = models.ManyToManyField(
        Output, through="CollectionItem", related_name="collections"
    )

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="curated", query="") | (Q(kind="query") & ~Q(query="")),
                name="search_collection_query_has_search",
            ),
            models.CheckConstraint(
                condition=Q(is_published=False) | Q(published_at__isnull=False), name="search_collection_published_when"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" else self.title_id

    @property
    def description(self) -> str:
        """In the language of the page, else in the other."""
        return (
            (self.description_en or self.description_id)
            if get_language() == "en"
            else (self.description_id or self.description_en)
        )

    @property
    def description_language(self) -> str:
        if get_language() == "en":
            return "en" if self.description_en else "id"
        return "id" if self.description_id else "en"

    @property
    def is_curated(self) -> bool:
        return self.kind == CollectionKind.CURATED


class CollectionItem(models.Model):
    """An output that was chosen, with a note why. It shows only while the output is public."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="items")
    output = models.ForeignKey(Output, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField(default=0)
    note_id = models.CharField(_("note in Indonesian"), max_length=500, blank=True)
    note_en = models.CharField(_("note in English"), max_length=500, blank=True)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["collection", "position"], name="search_collection_order")]
        constraints = [models.UniqueConstraint(fields=["collection", "output"], name="search_collection_item_once")]

    @property
    def note(self) -> str:
        """In the language of the page, else in the other."""
        return (self.note_en or self.note_id) if get_language() == "en" else (self.note_id or self.note_en)

    @property
    def note_language(self) -> str:
        if get_language() == "en":
            return "en" if self.note_en else "id"
        return "id" if self.note_id else "en"


class FormerSlug(models.Model):
    """An address that a collection once had: it leads to the present one for good."""

    slug = models.CharField(max_length=80, unique=True)
    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="former_slugs")
