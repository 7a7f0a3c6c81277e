"""Who reviews what, what they say of it, what is decided, and the letters about it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.states import AssignmentState, LetterState
from evidence.models.texts import Bilingual

from .editions import Edition, Track
from .reviewers import Reviewer
from .submissions import Presentation, Submission

if TYPE_CHECKING:
    from accounts.models import User


class Assignment(models.Model):
    """`why`: what spoke for this reviewer, in points and words that the desk shows; empty when chosen by hand."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="assignments")
    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="assignments")
    round = models.PositiveSmallIntegerField()
    state = models.CharField(
        _("state"), max_length=9, choices=AssignmentState.choices, default=AssignmentState.PROPOSED
    )
    why = models.JSONField(default=list)
    by_hand = models.BooleanField(default=False)
    due_at = models.DateTimeField(_("due"), null=True)
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(_("reason"), max_length=500, blank=True)
    reminded = models.JSONField(default=list)  # days around `due_at` for which a reminder went out

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["submission", "round", "pk"]
        indexes = [models.Index(fields=["reviewer", "state"], name="assignment_reviewer")]
        constraints = [
            models.UniqueConstraint(fields=["submission", "reviewer", "round"], name="assignment_once"),
            models.CheckConstraint(
                condition=Q(state="proposed") | Q(sent_at__isnull=False, due_at__isnull=False),
                name="assignment_sent_has_date",
            ),
        ]


class Criterion(models.Model):
    """A line of a track's rubric, one to five points. `anchors_id`, `anchors_en`: what each point means, from 1 on."""

    track = models.ForeignKey(Track, on_delete=models.CASCADE, related_name="criteria")
    label_id = models.CharField(_("name in Indonesian"), max_length=150)
    label_en = models.CharField(_("name in English"), max_length=150, blank=True)
    anchors_id = models.JSONField(_("what the points mean, in Indonesian"), default=list)
    anchors_en = models.JSONField(_("what the points mean, in English"), default=list)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    position = models.PositiveSmallIntegerField(default=0)

    label = Bilingual("label")

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position", "pk"]
        constraints = [models.CheckConstraint(condition=Q(weight__range=(1, 10)), name="criterion_weight")]

    def __str__(self) -> str:
        return self.label


class Advice(models.TextChoices):
    """What a reviewer recommends and a chair decides."""

    TALK = "talk", _("accept as talk")
    POSTER = "poster", _("accept as poster")
    REVISE = "revise", _("revise")
    REJECT = "reject", _("do not accept")


class Review(models.Model):
    """One reviewer's judgement; authors read `to_authors` when they hear the decision, never who wrote it."""

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="review")
    advice = models.CharField(_("recommendation"), max_length=6, choices=Advice.choices, blank=True)
    confidence = models.PositiveSmallIntegerField(_("how sure are you, 1 to 5"), null=True, blank=True)
    to_authors = models.TextField(_("comments to the authors"), max_length=10000, blank=True)
    to_committee = models.TextField(_("comments to the committee alone"), max_length=5000, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["assignment"]
        constraints = [
            models.CheckConstraint(
                condition=Q(submitted_at=None) | (~Q(advice="") & Q(confidence__range=(1, 5)) & ~Q(to_authors="")),
                name="review_submitted_complete",
            ),
            models.CheckConstraint(
                condition=Q(confidence=None) | Q(confidence__range=(1, 5)), name="review_confidence_range"
            ),
        ]


class Score(models.Model):
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    points = models.PositiveSmallIntegerField(_("points"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="score_once"),
            models.CheckConstraint(condition=Q(points__range=(1, 5)), name="score_range"),
        ]


class Remark(models.Model):
    """In the discussion of a submission among its reviewers and chairs; reviewers stand there by number alone."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="remarks")
    round = models.PositiveSmallIntegerField()
    by: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("remark"), max_length=3000)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["at", "pk"]


class Decision(models.Model):
    """A chair's decision about one round; it takes effect when its letter leaves (`released_at`)."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="decisions")
    round = models.PositiveSmallIntegerField()
    outcome = models.CharField(_("decision"), max_length=6, choices=Advice.choices)
    note = models.TextField(_("to the authors"), max_length=3000, blank=True)
    by: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    released_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["submission", "round"]
        constraints = [models.UniqueConstraint(fields=["submission", "round"], name="decision_once")]

    @property
    def presentation(self) -> str:
        return self.outcome if self.outcome in Presentation.values else ""


class LetterKind(models.TextChoices):
    REVIEWER_INVITATION = "reviewer_invitation", _("invitation to review")
    ASSIGNMENT = "assignment", _("submission to review")
    REMINDER = "reminder", _("reminder to a reviewer")
    DECISION = "decision", _("decision")
    CAMERA_READY = "camera_ready", _("request for the final paper")
    CIRCULAR = "circular", _("letter of the committee")
    SCHEDULE_CHANGE = "schedule_change", _("place in the programme")


class LetterText(models.Model):
    """The committee's own words for a kind of letter in one language, with {fields}; without one, ours are used."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="letter_texts")
    kind = models.CharField(max_length=19, choices=LetterKind.choices)
    variant = models.CharField(max_length=6, choices=Advice.choices, blank=True)  # of a decision
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), max_length=10000)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind", "variant", "language"], name="letter_text_once")
        ]


class Letter(models.Model):
    """In the outbox until somebody of the committee has looked at it and sends it: nothing leaves unseen."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(_("kind"), max_length=19, choices=LetterKind.choices)
    state = models.CharField(_("state"), max_length=7, choices=LetterState.choices, default=LetterState.WAITING)
    email = models.EmailField(_("to"))
    name = models.CharField(_("name"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="id")
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), max_length=20000)
    submission = models.ForeignKey(Submission, null=True, blank=True, on_delete=models.CASCADE, related_name="letters")
    reviewer = models.ForeignKey(Reviewer, null=True, blank=True, on_delete=models.CASCADE, related_name="letters")
    assignment = models.ForeignKey(Assignment, null=True, blank=True, on_delete=models.CASCADE, related_name="letters")
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.CASCADE, related_name="letters")
    schedule = models.ForeignKey("Schedule", null=True, blank=True, on_delete=models.CASCADE, related_name="letters")
    attachments = models.JSONField(default=list, blank=True)  # [{"name", "type", "content"}], texts alone
    made_by: "models.ForeignKey[User | None, User | None]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    sent_by: "models.ForeignKey[User | None, User | None]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["edition", "state", "-made_at"], name="letter_outbox")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="sent") & Q(sent_by__isnull=False, sent_at__isnull=False)) | ~Q(state="sent"),
                name="letter_sent_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.subject
