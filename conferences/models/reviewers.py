"""Who reviews for an edition, what they know, and with whom they must have nothing to do."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.states import ReviewerState
from taxonomy.models import Method, Pmks

from .editions import Edition, Track
from .submissions import Submission

if TYPE_CHECKING:
    from accounts.models import User


class Reviewer(models.Model):
    """Invited by mail address for some tracks; `user` is who answered the invitation (its address was confirmed)."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="reviewers")
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language of mails"), max_length=2, choices=settings.LANGUAGES, default="id")
    user: "models.ForeignKey[User | None, User | None]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="reviewing"
    )
    state = models.CharField(_("state"), max_length=8, choices=ReviewerState.choices, default=ReviewerState.INVITED)
    tracks = models.ManyToManyField(Track, verbose_name=_("tracks"), related_name="reviewers")
    pmks = models.ManyToManyField(Pmks, verbose_name=_("knows about (PMKS)"), blank=True, related_name="+")
    methods = models.ManyToManyField(Method, verbose_name=_("knows about (methods)"), blank=True, related_name="+")
    most = models.PositiveSmallIntegerField(_("submissions, at most"), default=5)
    decline_reason = models.CharField(_("reason"), max_length=500, blank=True)
    invited_by: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("reviewer")
        verbose_name_plural = _("reviewers")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "email"], name="reviewer_email_once"),
            models.UniqueConstraint(fields=["edition", "user"], name="reviewer_user_once"),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(user__isnull=False, answered_at__isnull=False),
                name="reviewer_accepted_has_user",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ConflictKind(models.TextChoices):
    """Why somebody must neither review nor see the review of a submission."""

    AUTHOR = "author", _("is an author")
    SAME_ORGANISATION = "same_organisation", _("same organisation as an author")
    CO_AUTHOR = "co_author", _("wrote with an author in the last three years")
    DECLARED = "declared", _("declared by the person")
    NAMED = "named", _("named by the authors")
    FOUND = "found", _("entered by the committee")


class Conflict(models.Model):
    """Between a submission and somebody (`user`, or `email` as long as they have no account).

    Whom the authors name may stand there by `note` alone: the committee reads it.

    Those that we can see ourselves (author, organisation, co-author) are made anew from our records whenever a
    submission or a reviewer changes; declared, named and entered ones stay until they are taken back.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="conflicts")
    user: "models.ForeignKey[User | None, User | None]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="conflicts"
    )
    email = models.EmailField(blank=True)
    kind = models.CharField(_("kind"), max_length=17, choices=ConflictKind.choices)
    note = models.CharField(_("note"), max_length=500, blank=True)
    made_by: "models.ForeignKey[User | None, User | None]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        ordering = ["submission", "pk"]
        indexes = [models.Index(fields=["user", "submission"], name="conflict_user")]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "user", "email", "kind"],
                condition=Q(user__isnull=False) | ~Q(email=""),
                nulls_distinct=False,
                name="conflict_once",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, email="")
                | (Q(user=None) & ~Q(email=""))
                | (Q(user=None, email="", kind="named") & ~Q(note="")),
                name="conflict_of_somebody",
            ),
        ]
