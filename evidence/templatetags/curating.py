"""What the curators' first page shows of the evidence."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from evidence.models import TopicMessage
from evidence.queries import cooperation, desk, questions, uses

register = template.Library()


@dataclass(frozen=True, slots=True)
class Waiting:
    label: str
    url: str
    number: int


@register.inclusion_tag("evidence/parts/queues.html")
def evidence_queues() -> dict[str, Any]:
    """Everything about the evidence that waits for a curator, with the way there."""
    asked, answered = reverse("evidence:question_queue"), f"?status={questions.TO_APPROVE}"
    of_questions = questions.queue_counts()
    messages = TopicMessage.objects.filter(checked_on=None, return_reason="").count()
    rows = [
        Waiting(_("Findings to check"), reverse("evidence:queue"), desk.waiting_count()),
        Waiting(
            _("Recommendations and summaries to check"),
            f"{reverse('evidence:queue')}?status={desk.OTHERS}",
            desk.others_count(),
        ),
        Waiting(_("Questions to answer"), asked, of_questions[questions.WAITING]),
        Waiting(_("Answers to approve"), asked + answered, of_questions[questions.TO_APPROVE]),
        Waiting(_("Reported uses to look up"), reverse("evidence:use_queue"), uses.queue_counts()[uses.WAITING]),
        Waiting(
            _("Opportunities to let in"),
            reverse("evidence:opportunity_queue"),
            cooperation.queue_counts()[cooperation.WAITING],
        ),
        Waiting(_("Messages of topics to check"), reverse("evidence:messages"), messages),
    ]
    return {"rows": rows}
