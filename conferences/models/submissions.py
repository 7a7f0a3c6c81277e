"""What authors hand in: one text in one or two languages, its authors in order, its files."""

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.orcid import validate_orcid
from conferences.states import SubmissionState
from evidence.models.texts import Bilingual
from publications.models import Blob
from taxonomy.models import Method, Pmks, Province

from .calls import CallQuestion, CallTheme
from .editions import Edition, Track

if TYPE_CHECKING:
    from accounts.models import User


class Presentation(models.TextChoices):
    TALK = "talk", _("talk")
    POSTER = "poster", _("poster")


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def of_author(self, user: Any) -> Self:
        return self.filter(submitter=user)

    def handed_in(self) -> Self:
        """What the committee works with."""
        return self.exclude(state=SubmissionState.DRAFT)


class Submission(models.Model):
    """`number` counts within the edition and is all that reviewers call it by. `round` grows with each revision."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="submissions")
    track = models.ForeignKey(Track, verbose_name=_("track"), on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField(_("number"), null=True, editable=False)
    submitter: "models.ForeignKey[User, User]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("submitted by"), on_delete=models.PROTECT, related_name="submissions"
    )
    state = models.CharField(_("state"), max_length=9, choices=SubmissionState.choices, default=SubmissionState.DRAFT)
    round = models.PositiveSmallIntegerField(_("round"), default=1, editable=False)
    accepted_as = models.CharField(_("accepted as"), max_length=6, choices=Presentation.choices, blank=True)
    wishes = models.CharField(_("would like to give a"), max_length=6, choices=Presentation.choices, blank=True)
    theme = models.ForeignKey(
        CallTheme, verbose_name=_("theme of the call"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="submissions",
    )  # fmt: skip
    language = models.CharField(_("language of the paper"), max_length=2, choices=settings.LANGUAGES, default="id")
    title_id = models.CharField(_("title in Indonesian"), max_length=300, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    abstract_id = models.TextField(_("abstract in Indonesian"), max_length=10000, blank=True)
    abstract_en = models.TextField(_("abstract in English"), max_length=10000, blank=True)
    keywords = ArrayField(models.CharField(max_length=100), verbose_name=_("keywords"), default=list, blank=True)
    pmks = models.ManyToManyField(Pmks, verbose_name="PMKS", blank=True, related_name="submissions")
    methods = models.ManyToManyField(Method, verbose_name=_("methods"), blank=True, related_name="submissions")
    provinces = models.ManyToManyField(Province, verbose_name=_("provinces"), blank=True, related_name="submissions")
    note = models.TextField(_("note to the committee"), max_length=2000, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    withdrawal_reason = models.TextField(_("reason for withdrawal"), max_length=1000, blank=True)
    is_sample = models.BooleanField(_("sample data"), default=False)
    revision = models.PositiveIntegerField(default=0, editable=False)

    title, abstract = Bilingual("title"), Bilingual("abstract")

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["edition", "number", "pk"]
        indexes = [models.Index(fields=["edition", "state", "number"], name="submission_desk")]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="submission_number_once"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(number__isnull=False, submitted_at__isnull=False),
                name="submission_handed_in_has_number",
            ),
            models.CheckConstraint(
                condition=(Q(state="accepted") & ~Q(accepted_as=""))
                | Q(state="withdrawn")
                | (~Q(state="accepted") & Q(accepted_as="")),
                name="submission_accepted_as",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "rejected", "revision"]) | Q(decided_at__isnull=False),
                name="submission_decided_has_date",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at=None)),
                name="submission_withdrawn_has_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"#{self.pk}"


class SubmissionAuthor(models.Model):
    """In the order of the title page. A single name is a `family_name` alone, as for contributors of outputs."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="authors")
    position = models.PositiveSmallIntegerField(_("position"))
    given_name = models.CharField(_("given names"), max_length=200, blank=True)
    family_name = models.CharField(_("last or only name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    affiliation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="submission_authors",
    )
    affiliation_name = models.CharField(_("organisation as written"), max_length=300, blank=True)
    orcid = models.CharField("ORCID", max_length=19, blank=True, validators=[validate_orcid])
    is_presenter = models.BooleanField(_("presents"), default=False)

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["submission", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "position"],
                name="submission_author_position_once",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class Slot(models.TextChoices):
    """What a file is for. Only `anonymous` ever reaches a reviewer in a double-blind round."""

    ANONYMOUS = "anonymous", _("manuscript without names")
    FULL = "full", _("manuscript with names")
    ANSWER = "answer", _("answer to the reviewers, without names")


class SubmissionFile(models.Model):
    """`blob` is what is handed out; an anonymous one was made anew without the document's own data.

    `original_name` may hold a name and is for its author and the committee only. `findings`: {"stripped": [...],
    "warnings": [{"kind", "text", "page"}]}, what the checker took away and what it saw in the text.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="files")
    slot = models.CharField(_("kind"), max_length=9, choices=Slot.choices)
    round = models.PositiveSmallIntegerField()
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="submission_files")
    original_name = models.CharField(max_length=255)
    extension = models.CharField(max_length=5)  # ".pdf", ".docx"
    findings = models.JSONField(default=dict)
    accepted_warnings = models.BooleanField(_("its author has looked at the warnings"), default=False)
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("file of a submission")
        verbose_name_plural = _("files of submissions")
        ordering = ["submission", "-round", "slot"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "slot", "round"], name="submission_file_slot_once")
        ]


class Answer(models.Model):
    """To a question of the call: a text, a number, a yes, or the positions of the options chosen."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(CallQuestion, on_delete=models.PROTECT, related_name="answers")
    value = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "question"], name="answer_once")]
