"""A conference and its editions: when, where, who, about what."""

import zoneinfo
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from conferences.states import EditionState
from evidence.models.texts import Bilingual
from taxonomy.models import Pillar, Pmks

if TYPE_CHECKING:
    from accounts.models import User


class Zone(models.TextChoices):
    """The three zones of Indonesia, as people write them."""

    WIB = "Asia/Jakarta", "WIB"
    WITA = "Asia/Makassar", "WITA"
    WIT = "Asia/Jayapura", "WIT"


class Series(models.Model):
    """What comes back every year or so under one name."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name_id = models.CharField(_("name in Indonesian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    about_id = models.TextField(_("about, in Indonesian"), max_length=3000, blank=True)
    about_en = models.TextField(_("about, in English"), max_length=3000, blank=True)
    issn = models.CharField("ISSN", max_length=9, blank=True)

    name, about = Bilingual("name"), Bilingual("about")

    class Meta:
        verbose_name = _("conference series")
        verbose_name_plural = _("conference series")
        ordering = ["name_id"]

    def __str__(self) -> str:
        return self.name


class EditionQuerySet(models.QuerySet["Edition"]):
    def public(self) -> Self:
        return self.filter(state__in=[EditionState.PUBLIC, EditionState.ARCHIVED])

    def visible_to(self, user: Any) -> Self:
        """Everybody the public ones; its committee and administrators one in preparation, too."""
        if not user.is_authenticated:
            return self.public()
        if user.is_administrator:
            return self.all()
        mine = CommitteeMember.objects.filter(user=user).values("edition")
        return self.filter(Q(state__in=[EditionState.PUBLIC, EditionState.ARCHIVED]) | Q(pk__in=mine))


class Blinding(models.TextChoices):
    DOUBLE = "double", _("double blind: reviewers and authors do not know each other")
    SINGLE = "single", _("single blind: reviewers know the authors")


class Edition(models.Model):
    """One conference. Its site stays readable when it is archived; `revision` guards against a second window."""

    series = models.ForeignKey(Series, verbose_name=_("series"), on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    title_id = models.CharField(_("title in Indonesian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    theme_id = models.CharField(_("theme in Indonesian"), max_length=300, blank=True)
    theme_en = models.CharField(_("theme in English"), max_length=300, blank=True)
    summary_id = models.TextField(_("what it is about, in Indonesian"), max_length=3000, blank=True)
    summary_en = models.TextField(_("what it is about, in English"), max_length=3000, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    zone = models.CharField(_("time zone"), max_length=20, choices=Zone.choices, default=Zone.WIB)
    is_online = models.BooleanField(_("can be followed online"), default=False)
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    address = models.CharField(_("address of the venue"), max_length=300, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    online_url = models.URLField(_("address to follow online"), max_length=300, blank=True)
    hosts = models.ManyToManyField(
        Organisation, verbose_name=_("hosts"), through="Host", blank=True, related_name="editions"
    )
    contact_email = models.EmailField(_("e-mail of the committee"), blank=True)
    state = models.CharField(_("state"), max_length=8, choices=EditionState.choices, default=EditionState.DRAFT)
    first_blinding = models.CharField(
        _("first round of review"), max_length=6, choices=Blinding.choices, default=Blinding.DOUBLE
    )
    revision_blinding = models.CharField(
        _("review of revised papers"), max_length=6, choices=Blinding.choices, default=Blinding.DOUBLE
    )
    reviews_each = models.PositiveSmallIntegerField(_("reviews of each submission"), default=3)
    seed = models.PositiveIntegerField(_("seed of the assignment"), default=1)
    cloned_from = models.ForeignKey("self", null=True, blank=True, editable=False, on_delete=models.SET_NULL)
    is_sample = models.BooleanField(_("sample data"), default=False)
    external = models.JSONField(default=dict, blank=True, editable=False)  # of an imported schedule as a whole
    revision = models.PositiveIntegerField(default=0, editable=False)

    title, theme, summary = Bilingual("title"), Bilingual("theme"), Bilingual("summary")

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="edition_number_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="edition_ends_after_start"),
            models.CheckConstraint(condition=Q(reviews_each__range=(1, 9)), name="edition_reviews_each"),
            models.CheckConstraint(condition=Q(state__in=EditionState.values), name="edition_state_known"),
            models.CheckConstraint(
                condition=Q(state="draft") | (~Q(title_id="") & ~Q(slug="")), name="edition_public_has_title"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tz(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.zone)

    @property
    def is_public(self) -> bool:
        return self.state in (EditionState.PUBLIC, EditionState.ARCHIVED)


class Host(models.Model):
    """An organisation that holds the edition, alone or with others."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="host_rows")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="hosted")
    is_co_host = models.BooleanField(_("co-host"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["is_co_host", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "organisation"], name="host_once")]

    def __str__(self) -> str:
        return str(self.organisation)


class CommitteeRole(models.TextChoices):
    """What somebody does for an edition; `rules.py` says what each may do."""

    CHAIR = "chair", _("chair")
    PROGRAMME_CHAIR = "programme_chair", _("programme chair")
    TRACK_CHAIR = "track_chair", _("track chair")
    SECRETARY = "secretary", _("secretary")
    REGISTRATION = "registration", _("registration")
    EDITOR = "editor", _("editor of the proceedings")
    STEERING = "steering", _("steering committee")
    MEMBER = "member", _("member")


class CommitteeMember(models.Model):
    """Somebody on the committee, as the site names them; with an account they may do what their role says."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="committee")
    role = models.CharField(_("role"), max_length=15, choices=CommitteeRole.choices)
    user: "models.ForeignKey[User | None, User | None]" = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="committees",
    )
    name = models.CharField(_("name with degrees"), max_length=300)
    affiliation = models.CharField(_("organisation"), max_length=300, blank=True)
    tracks: "models.ManyToManyField[Track, Any]" = models.ManyToManyField(
        "Track", verbose_name=_("tracks"), blank=True, related_name="chairs"
    )
    invited_email = models.EmailField(_("invited by mail to"), blank=True)  # until who is meant has answered
    is_listed = models.BooleanField(_("named on the site"), default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("committee member")
        verbose_name_plural = _("committee members")
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["user", "edition"], name="committee_user")]
        constraints = [
            models.CheckConstraint(condition=Q(user=None) | Q(invited_email=""), name="committee_answered_or_invited")
        ]

    def __str__(self) -> str:
        return self.name


class Wanted(models.TextChoices):
    """What a track's call asks for."""

    ABSTRACT = "abstract", _("abstract only")
    PAPER = "paper", _("paper only")
    BOTH = "both", _("abstract and paper")


class Track(models.Model):
    """A subject of the call, with what it asks for. Words are counted as `conferences.words` counts them."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="tracks")
    code = models.SlugField(_("code"), max_length=40)
    name_id = models.CharField(_("name in Indonesian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    about_id = models.TextField(_("description in Indonesian"), max_length=2000, blank=True)
    about_en = models.TextField(_("description in English"), max_length=2000, blank=True)
    pmks = models.ManyToManyField(Pmks, verbose_name="PMKS", blank=True, related_name="tracks")
    pillars = models.ManyToManyField(Pillar, verbose_name=_("pillars"), blank=True, related_name="tracks")
    wants = models.CharField(_("asks for"), max_length=8, choices=Wanted.choices, default=Wanted.BOTH)
    is_open = models.BooleanField(_("takes submissions"), default=True)
    words_min = models.PositiveSmallIntegerField(_("words of the abstract, at least"), default=150)
    words_max = models.PositiveSmallIntegerField(_("words of the abstract, at most"), default=300)
    pages_max = models.PositiveSmallIntegerField(_("pages of the paper, at most"), default=12)
    position = models.PositiveSmallIntegerField(default=0)

    name, about = Bilingual("name"), Bilingual("about")

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="track_code_once"),
            models.CheckConstraint(condition=Q(words_max__gte=F("words_min")), name="track_words"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def wants_paper(self) -> bool:
        return self.wants in (Wanted.PAPER, Wanted.BOTH)


class DateKind(models.TextChoices):
    """What happens at an important date; all but `other` are kept by the system."""

    CALL_OPENS = "call_opens", _("the call opens")
    SUBMISSIONS_CLOSE = "submissions_close", _("submissions close")
    REVIEWS_DUE = "reviews_due", _("reviews are due")
    DECISIONS = "decisions", _("authors hear the decision")
    REVISIONS_CLOSE = "revisions_close", _("revised papers are due")
    CAMERA_READY = "camera_ready", _("final papers are due")
    REGISTRATION_OPENS = "registration_opens", _("registration opens")
    REGISTRATION_CLOSES = "registration_closes", _("registration closes")
    OTHER = "other", _("another date")


class ImportantDate(models.Model):
    """A moment, shown in the edition's zone. "Closes on the 5th" is the 5th at 23:59 there."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="dates")
    kind = models.CharField(_("kind"), max_length=19, choices=DateKind.choices)
    at = models.DateTimeField(_("date and time"))
    label_id = models.CharField(_("name in Indonesian"), max_length=150, blank=True)
    label_en = models.CharField(_("name in English"), max_length=150, blank=True)
    was_at = models.DateTimeField(_("before it was put off"), null=True, blank=True)

    class Meta:
        verbose_name = _("important date")
        verbose_name_plural = _("important dates")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind"], condition=~Q(kind="other"), name="date_kind_once"),
            models.CheckConstraint(condition=~Q(kind="other") | ~Q(label_id=""), name="date_other_has_label"),
        ]

    label = Bilingual("label")

    def __str__(self) -> str:
        return str(self.label) or str(self.get_kind_display())
