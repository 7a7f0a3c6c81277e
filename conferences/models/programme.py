"""The programme: rooms, sessions and what is given in them; the schedules made of it; slides and posters.

Organisers work on rooms, sessions and items. Everybody else reads the last `Schedule`: what stood there when it was
published, with whom was told of it.
"""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evidence.models.texts import Bilingual
from publications.models import Blob

from .editions import CommitteeMember, Edition, Track
from .site import Speaker
from .submissions import Submission

if TYPE_CHECKING:
    from accounts.models import User


class Room(models.Model):
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="rooms")
    name_id = models.CharField(_("name in Indonesian"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    place = models.CharField(_("where to find it"), max_length=200, blank=True)
    capacity = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True, validators=[MinValueValidator(1)])
    online_url = models.URLField(_("address to follow online"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    external = models.JSONField(default=dict, blank=True, editable=False)  # what an imported schedule said besides

    name = Bilingual("name")

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class SessionKind(models.TextChoices):
    PLENARY = "plenary", _("plenary")
    PARALLEL = "parallel", _("parallel session")
    POSTERS = "posters", _("poster session")
    BREAK = "break", _("break")
    OTHER = "other", _("something else")


class ProgrammeSession(models.Model):
    """A stretch of time in one room, or in all of them (a break). `expected`: how many people, for the room's seats."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sessions")
    kind = models.CharField(_("kind"), max_length=8, choices=SessionKind.choices, default=SessionKind.PARALLEL)
    title_id = models.CharField(_("title in Indonesian"), max_length=300)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    about_id = models.TextField(_("about, in Indonesian"), max_length=2000, blank=True)
    about_en = models.TextField(_("about, in English"), max_length=2000, blank=True)
    track = models.ForeignKey(
        Track, verbose_name=_("track"), null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    room = models.ForeignKey(
        Room, verbose_name=_("room"), null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    expected = models.PositiveSmallIntegerField(_("people expected"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    title, about = Bilingual("title"), Bilingual("about")

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at", "room__position", "pk"]
        indexes = [models.Index(fields=["edition", "starts_at"], name="session_edition")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.title


class SessionChair(models.Model):
    """Who leads a session: of the committee, or somebody else by name and address."""

    session = models.ForeignKey(ProgrammeSession, on_delete=models.CASCADE, related_name="chairs")
    member = models.ForeignKey(
        CommitteeMember, verbose_name=_("of the committee"), null=True, blank=True, on_delete=models.CASCADE,
        related_name="chaired",
    )  # fmt: skip
    name = models.CharField(_("name with degrees"), max_length=300)
    email = models.EmailField(_("e-mail"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("chair of a session")
        verbose_name_plural = _("chairs of sessions")
        ordering = ["session", "position", "pk"]

    def __str__(self) -> str:
        return self.name


class ProgrammeItem(models.Model):
    """What is given in a session, in order: a submission, an invited speaker's talk, or a point with a title.

    A submission may stand in several sessions (talk and poster). `key` names the item in calendars and agendas for good
    (RFC 5545 UID); `sequence` grows with each schedule that moved it.
    """

    session = models.ForeignKey(ProgrammeSession, on_delete=models.CASCADE, related_name="items")
    submission = models.ForeignKey(
        Submission, verbose_name=_("submission"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="programme_items",
    )  # fmt: skip
    speaker = models.ForeignKey(
        Speaker, verbose_name=_("speaker"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="programme_items",
    )  # fmt: skip
    title_id = models.CharField(_("title in Indonesian"), max_length=300, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=15)
    board = models.CharField(_("board of a poster"), max_length=20, blank=True)
    key = models.UUIDField(unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    external = models.JSONField(default=dict, blank=True, editable=False)  # what an imported schedule said besides

    title = Bilingual("title")

    class Meta:
        verbose_name = _("item of the programme")
        verbose_name_plural = _("items of the programme")
        ordering = ["session", "starts_at", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(submission__isnull=False) | Q(speaker__isnull=False) | ~Q(title_id=""),
                name="item_is_something",
            ),
            models.CheckConstraint(condition=Q(submission=None) | Q(speaker=None), name="item_is_one_thing"),
            models.CheckConstraint(condition=Q(minutes__range=(1, 1440)), name="item_minutes"),
            models.UniqueConstraint(fields=["session", "submission"], name="item_once_in_session"),
        ]

    def __str__(self) -> str:
        return str(self.title or self.submission or self.speaker)


class Unavailability(models.Model):
    """When somebody cannot be there: said by themselves or entered by the committee."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="unavailabilities")
    email = models.EmailField(_("e-mail"), blank=True)
    name = models.CharField(_("name"), max_length=300)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("time when somebody cannot come")
        verbose_name_plural = _("times when somebody cannot come")
        ordering = ["starts_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="unavailable_for_a_while")]

    def __str__(self) -> str:
        return self.name


class Schedule(models.Model):
    """A published state of the programme. `data` is all that its pages show; the newest is the one in force."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="schedules")
    number = models.PositiveIntegerField(_("number"))
    note_id = models.CharField(_("what changed, in Indonesian"), max_length=500, blank=True)
    note_en = models.CharField(_("what changed, in English"), max_length=500, blank=True)
    data = models.JSONField()
    published_at = models.DateTimeField(default=timezone.now)
    published_by: "models.ForeignKey[User | None, User | None]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    note = Bilingual("note")

    class Meta:
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        ordering = ["edition", "-number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="schedule_number_once")]


class Agenda(models.Model):
    """What somebody wants to attend: keys of items and sessions. Its calendar is read by who has the token alone."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="agendas")
    user: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="agendas"
    )
    keys = ArrayField(models.CharField(max_length=40), default=list)
    token = models.CharField(max_length=43, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "user"], name="agenda_once")]


class MaterialKind(models.TextChoices):
    SLIDES = "slides", _("slides")
    POSTER = "poster", _("poster")


class Material(models.Model):
    """What a presenter shows, as PDF: read by everybody once the presenter has let it be."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="materials")
    kind = models.CharField(_("kind"), max_length=6, choices=MaterialKind.choices)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="materials")
    original_name = models.CharField(max_length=255)
    pages = models.PositiveSmallIntegerField(_("pages"))
    is_public = models.BooleanField(_("everybody may read it"), default=True)
    uploaded_by: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("slides or poster")
        verbose_name_plural = _("slides and posters")
        ordering = ["submission", "kind"]
        constraints = [models.UniqueConstraint(fields=["submission", "kind"], name="material_kind_once")]
