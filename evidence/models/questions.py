"""The question desk: what policymakers want to know about a PMKS, and what curators answer from findings."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evidence.models.finding import Finding
from evidence.models.texts import Bilingual
from evidence.states import QuestionState
from taxonomy.models import Pmks, Service

if TYPE_CHECKING:
    from accounts.models import User

A_CURATOR = _("a curator")


class QuestionQuerySet(models.QuerySet["Question"]):
    def public(self) -> Self:
        return self.filter(state=QuestionState.PUBLISHED)

    def visible_to(self, user: Any) -> Self:
        """Everybody the published ones, who asked one that one, curators everything."""
        if not user.is_authenticated:
            return self.public()
        if user.is_curator:
            return self.all()
        return self.filter(Q(state=QuestionState.PUBLISHED) | Q(asked_by=user))


class Question(models.Model):
    """Asked in one language; the curator who answers adds the other, approves nothing and is named.

    `background` is for the curators, never public. `is_gap`: the answer is that nobody has studied it.
    """

    pmks = models.ForeignKey(Pmks, verbose_name="PMKS", on_delete=models.PROTECT, related_name="questions")
    service = models.ForeignKey(
        Service, verbose_name=_("service"), null=True, blank=True, on_delete=models.PROTECT, related_name="questions"
    )
    text_id = models.TextField(_("question in Indonesian"), max_length=500, blank=True)
    text_en = models.TextField(_("question in English"), max_length=500, blank=True)
    background = models.TextField(_("what the answer is for"), max_length=1000, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=QuestionState.choices, default=QuestionState.ASKED)
    asked_by: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    is_named = models.BooleanField(_("my name and organisation may stand with the question"), default=False)
    taken_by: "models.ForeignKey[User | None, User | None]" = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("in hand of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    answer_id = models.TextField(_("answer in Indonesian"), max_length=3000, blank=True)
    answer_en = models.TextField(_("answer in English"), max_length=3000, blank=True)
    is_gap = models.BooleanField(_("nothing here answers it: a gap"), default=False)
    findings = models.ManyToManyField(
        Finding, verbose_name=_("findings"), through="AnswerFinding", blank=True, related_name="questions"
    )
    answered_by: "models.ForeignKey[User | None, User | None]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("answered by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    decided_by: "models.ForeignKey[User | None, User | None]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("approved by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField(_("approved on"), null=True)
    reason = models.TextField(_("reason for returning, declining or withdrawing"), blank=True)

    text, answer = Bilingual("text"), Bilingual("answer")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(state__in=["asked", "answered"]), name="question_queue"),
            models.Index(fields=["pmks", "-decided_on"], condition=Q(state="published"), name="question_published"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(text_id="", text_en=""), name="question_has_text"),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "published"])
                | (
                    Q(answered_by__isnull=False, answered_at__isnull=False)
                    & ~Q(text_id="")
                    & ~Q(text_en="")
                    & ~Q(answer_id="")
                    & ~Q(answer_en="")
                ),
                name="question_answer_complete",
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | (Q(decided_by__isnull=False, decided_on__isnull=False) & ~Q(decided_by=F("answered_by"))),
                name="question_approved_by_a_second",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "withdrawn"])
                | (Q(decided_by__isnull=False, decided_on__isnull=False) & ~Q(reason="")),
                name="question_refused_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def asker_name(self) -> str:
        """What the public may know: nothing unless who asked wanted it; never a mail address."""
        return self.asked_by.name if self.is_named and not self.asked_by.deleted_at else ""

    @property
    def answerer_name(self) -> str:
        return public_name(self.answered_by)

    @property
    def decider_name(self) -> str:
        return public_name(self.decided_by)


def public_name(user: "User | None", without_name: "str | Promise" = A_CURATOR) -> str:
    """The name as its owner writes it; never a mail address."""
    if user is not None and user.deleted_at:
        return str(_("deleted account"))
    return (user.name if user else "") or str(without_name)


class AnswerFinding(models.Model):
    """A finding that an answer rests on, in the order in which it is told."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answer_findings")
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="answer_findings")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["question", "finding"], name="answer_finding_once"),
        ]
