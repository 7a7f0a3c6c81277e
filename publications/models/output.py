from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publications.states import OutputState
from taxonomy.models import OutputType

if TYPE_CHECKING:
    from accounts.models import User


class OutputQuerySet(models.QuerySet["Output"]):
    def public(self) -> Self:
        """The one definition of public: what every exit may list and show (house rule 1)."""
        return self.filter(state=OutputState.PUBLISHED)

    def with_tombstones(self) -> Self:
        """What has or had a public page: also withdrawn outputs, of which only the tombstone may be shown."""
        return self.filter(state__in=[OutputState.PUBLISHED, OutputState.WITHDRAWN])

    def owned_by(self, user: Any) -> Self:
        """What this user may edit as owner or co-owner."""
        return self.filter(
            Q(owner=user) | Q(pk__in=Output.co_owners.through.objects.filter(user=user).values("output"))
        )

    def visible_to(self, user: Any) -> Self:
        """What this user may see at all: everybody the public ones, owners their own, curators everything."""
        if not user.is_authenticated:
            return self.public()
        if user.is_curator:
            return self.all()
        own = Output.co_owners.through.objects.filter(user=user).values("output")
        return self.filter(Q(state=OutputState.PUBLISHED) | Q(owner=user) | Q(pk__in=own))


class Output(models.Model):
    """A research output over all its versions; what is descriptive lives in its versions.

    `current`, `type`, `year`, `sort_date`, `sort_title`, `search` repeat what the current public version says, so that
    lists read one table; `actions/listing.py` writes them.
    """

    public_id = models.CharField(_("public identifier"), max_length=12, unique=True, null=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("owner"), on_delete=models.PROTECT, related_name="outputs"
    )
    co_owners = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("co-owners"), blank=True, related_name="shared_outputs"
    )
    state = models.CharField(_("state"), max_length=12, choices=OutputState.choices, default=OutputState.UNPUBLISHED)
    current = models.OneToOneField(
        "publications.Version",
        verbose_name=_("current version"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    type = models.ForeignKey(
        OutputType, verbose_name=_("type"), null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, editable=False)
    sort_date = models.DateField(null=True, editable=False)
    sort_title = models.CharField(max_length=200, blank=True, editable=False)
    search = SearchVectorField(null=True, editable=False)
    first_published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    withdrawal_reason = models.TextField(_("reason for withdrawal"), blank=True)
    is_sample = models.BooleanField(_("sample data"), default=False)
    source = models.CharField(_("imported from"), max_length=60, blank=True)
    source_id = models.CharField(_("identifier at the source"), max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("last public change"), default=timezone.now, editable=False)

    objects = OutputQuerySet.as_manager()

    class Meta:
        verbose_name = _("output")
        verbose_name_plural = _("outputs")
        indexes = [
            models.Index(fields=["-sort_date", "-id"], condition=Q(state="published"), name="output_public_newest"),
            models.Index(
                fields=["year", "-sort_date", "-id"], condition=Q(state="published"), name="output_public_year"
            ),
            models.Index(
                fields=["type", "-sort_date", "-id"], condition=Q(state="published"), name="output_public_type"
            ),
            models.Index(fields=["-first_published_at"], condition=Q(state="published"), name="output_public_arrived"),
            models.Index(fields=["sort_title", "id"], condition=Q(state="published"), name="output_public_title"),
            GinIndex(fields=["search"], name="output_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="unpublished", public_id=None, current=None, first_published_at=None)
                | Q(
                    state__in=["published", "withdrawn"],
                    public_id__isnull=False,
                    current__isnull=False,
                    first_published_at__isnull=False,
                    sort_date__isnull=False,
                    year__isnull=False,
                    type__isnull=False,
                ),
                name="output_published_has_id_and_date",
            ),
            models.CheckConstraint(
                condition=(Q(state="withdrawn", withdrawn_at__isnull=False) & ~Q(withdrawal_reason=""))
                | (~Q(state="withdrawn") & Q(withdrawn_at=None)),
                name="output_withdrawn_has_reason",
            ),
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~Q(source=""), name="output_source_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id or f"#{self.pk}"

    @property
    def is_public(self) -> bool:
        return self.state == OutputState.PUBLISHED

    def is_owned_by(self, user: "User") -> bool:
        return user.is_authenticated and (self.owner_id == user.pk or self.co_owners.filter(pk=user.pk).exists())
