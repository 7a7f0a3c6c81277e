"""Who comes, who was there, and what certifies it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from conferences.states import RegistrationState
from evidence.models.texts import Bilingual
from publications.models import Blob

from .editions import Edition
from .programme import ProgrammeSession

if TYPE_CHECKING:
    from accounts.models import User


class Audience(models.TextChoices):
    """The seven audiences of the conference."""

    MINISTRY_RESEARCHER = "ministry_researcher", _("researcher of the ministry")
    RESEARCH_FORUM = "research_forum", _("member of the forum of research units")
    LECTURER = "lecturer", _("lecturer")
    STUDENT = "student", _("student")
    PRACTITIONER = "practitioner", _("practitioner")
    POLICYMAKER = "policymaker", _("policymaker")
    PRESS = "press", _("press")


class Attendance(models.TextChoices):
    ON_SITE = "on_site", _("at the venue")
    ONLINE = "online", _("online")


class RegistrationTerms(models.Model):
    """How one registers for an edition; when, its dates say (registration opens, registration closes)."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="registration_terms")
    is_offered = models.BooleanField(_("people can register here"), default=False)
    quota = models.PositiveIntegerField(_("places at the venue"), default=150)
    quota_online = models.PositiveIntegerField(_("places online"), null=True, blank=True)
    needs_approval = models.BooleanField(_("the committee confirms each registration"), default=False)
    asks_letter = models.BooleanField(_("asks for a letter of assignment"), default=False)
    note_id = models.TextField(_("to know before registering, in Indonesian"), max_length=3000, blank=True)
    note_en = models.TextField(_("to know before registering, in English"), max_length=3000, blank=True)
    needs_kept_days = models.PositiveSmallIntegerField(_("days after which needs are deleted"), default=7)
    revision = models.PositiveIntegerField(default=0, editable=False)

    note = Bilingual("note")

    class Meta:
        verbose_name = _("terms of registration")
        verbose_name_plural = _("terms of registration")
        constraints = [models.CheckConstraint(condition=Q(needs_kept_days__lte=90), name="needs_kept_not_long")]


class Registration(models.Model):
    """One person at one edition. `number` counts within the edition; `queued_at` orders the waiting list.

    `user` is missing where the committee entered somebody. `badge_key` is what the code on the badge carries, signed.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="registrations")
    number = models.PositiveIntegerField(_("number"), editable=False)
    user: "models.ForeignKey[User | None, User | None]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="registrations"
    )
    state = models.CharField(_("state"), max_length=9, choices=RegistrationState.choices)
    category = models.CharField(_("category"), max_length=19, choices=Audience.choices)
    attendance = models.CharField(_("takes part"), max_length=7, choices=Attendance.choices, default=Attendance.ON_SITE)
    name = models.CharField(_("name with degrees, as on the certificate"), max_length=200)
    badge_name = models.CharField(_("name on the badge"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    language = models.CharField(_("language of mails"), max_length=2, choices=settings.LANGUAGES, default="id")
    institution = models.ForeignKey(
        Organisation, verbose_name=_("institution"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="registrations",
    )  # fmt: skip
    institution_name = models.CharField(_("institution as written"), max_length=300, blank=True)
    position_title = models.CharField(_("position"), max_length=150, blank=True)
    letter = models.ForeignKey(
        Blob, verbose_name=_("letter of assignment"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="assignment_letters",
    )  # fmt: skip
    letter_name = models.CharField(max_length=255, blank=True)
    registered_at = models.DateTimeField(_("registered at"), default=timezone.now, editable=False)
    queued_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_by: "models.ForeignKey[User | None, User | None]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    badge_key = models.UUIDField(unique=True, editable=False)
    is_sample = models.BooleanField(_("sample data"), default=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["edition", "number"]
        indexes = [models.Index(fields=["edition", "state", "queued_at"], name="registration_desk")]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="registration_number_once"),
            models.UniqueConstraint(
                fields=["edition", "user"], condition=~Q(state="cancelled") & ~Q(state="declined"),
                name="registration_user_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | (~Q(reason="") & Q(decided_by__isnull=False)),
                name="registration_declined_why",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Need(models.Model):
    """What somebody needs to take part (access, food, health): sensitive, so kept apart and deleted after."""

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="need")
    text = models.TextField(_("what you need to take part"), max_length=1000)
    saved_at = models.DateTimeField(default=timezone.now)


class CheckIn(models.Model):
    """Somebody was seen: at the door (`session` empty), or in a session. A phone sends one again after a lost answer:
    `client_key` makes it one. `at` is the phone's own time, bounded by when it was received."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="check_ins")
    session = models.ForeignKey(
        ProgrammeSession, null=True, blank=True, on_delete=models.PROTECT, related_name="check_ins"
    )
    at = models.DateTimeField(_("seen at"))
    received_at = models.DateTimeField(default=timezone.now)
    client_key = models.UUIDField(unique=True)
    by: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "session"], condition=Q(undone_at=None), nulls_distinct=False,
                name="check_in_once",
            )
        ]  # fmt: skip


class CertificateKind(models.TextChoices):
    PARTICIPANT = "participant", _("participant")
    PRESENTER = "presenter", _("presenter")
    REVIEWER = "reviewer", _("reviewer")
    COMMITTEE = "committee", _("committee")
    CHAIR = "chair", _("chair of a session")


class Certificate(models.Model):
    """For what was recorded, and for nothing else: `basis` tells what. `subject` is the record it stands on
    ("registration:12"), `token` the address of its verification. Its PDF is made from this row alone."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="certificates")
    kind = models.CharField(_("kind"), max_length=11, choices=CertificateKind.choices)
    number = models.CharField(_("number"), max_length=60)
    subject = models.CharField(max_length=60)
    name = models.CharField(_("name"), max_length=300)
    user: "models.ForeignKey[User | None, User | None]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="certificates"
    )
    email = models.EmailField(blank=True)
    basis = models.JSONField(default=dict)
    token = models.CharField(max_length=43, unique=True)
    blob = models.ForeignKey(Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="certificates")
    issued_at = models.DateTimeField(_("issued at"), default=timezone.now)
    issued_by: "models.ForeignKey[User | None, User | None]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    announced_at = models.DateTimeField(_("told by mail at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="certificate_number_once"),
            models.UniqueConstraint(
                fields=["edition", "kind", "subject"], condition=Q(revoked_at=None), name="certificate_once"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | ~Q(revoked_reason=""), name="certificate_revoked_why"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CertificateRun(models.Model):
    """Making many PDFs in the background, with how far it has come."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="certificate_runs")
    kinds = models.JSONField(default=list)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    failed = models.CharField(max_length=300, blank=True)
    by: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
