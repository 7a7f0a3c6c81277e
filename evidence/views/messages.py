"""The curators' desk for the messages on top of topics."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evidence import rules
from evidence.actions import messages as actions
from evidence.forms.messages import MessageForm
from evidence.models import TopicMessage
from evidence.queries import messages as queries
from evidence.queries.topics import TopicEvidence
from evidence.topics.wording import generated_message
from evidence.views.common import decide, private, seen_at
from kesos_repo.access import SignedInRequest, curators
from publications.forms.curation import ReasonForm
from taxonomy.models import Pmks

HISTORY_SIZE = 10


@curators
@private
@require_safe
def topics(request: SignedInRequest) -> HttpResponse:
    states = queries.topic_states()
    context = {
        "states": states,
        "missing": sum(state.is_missing for state in states),
        "stale": sum(state.is_stale for state in states),
        "waiting": sum(state.waiting is not None for state in states),
    }
    return render(request, "evidence/messages/topics.html", context)


@curators
@private
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write the message of a topic, or change the one that waits."""
    topic = _topic(slug)
    if request.method != "POST":
        return _page(request, topic)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _page(request, topic, 422, form=form)
    texts = form.cleaned_data
    done = _("The message waits for the check of a second curator.")
    decide(request, lambda: actions.write(topic, texts["text_id"], texts["text_en"], by=request.user), done)
    return redirect("evidence:message", slug)


@curators
@private
@require_POST
def check(request: SignedInRequest, slug: str) -> HttpResponse:
    waiting = _waiting(_topic(slug))
    done = _("The message stands on the topic's page now.")
    decide(request, lambda: actions.check(waiting, by=request.user, seen=seen_at(request)), done)
    return redirect("evidence:message", slug)


@curators
@private
@require_POST
def return_to_writer(request: SignedInRequest, slug: str) -> HttpResponse:
    topic = _topic(slug)
    waiting, form = _waiting(topic), ReasonForm(request.POST, prefix="return")
    if not form.is_valid():
        return _page(request, topic, 422, return_form=form)
    reason, done = form.cleaned_data["reason"], _("The message went back with your reason.")
    decide(request, lambda: actions.return_to_writer(waiting, reason, by=request.user, seen=seen_at(request)), done)
    return redirect("evidence:message", slug)


def _topic(slug: str) -> Pmks:
    found: Pmks | None = Pmks.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _waiting(topic: Pmks) -> TopicMessage:
    """What was decided meanwhile is no longer here; the page says what stands now."""
    found = topic.messages.order_by("-written_at", "-pk").first()
    if found is None:
        raise Http404
    return found


def _page(request: SignedInRequest, topic: Pmks, status: int = 200, **forms: Any) -> HttpResponse:
    history = queries.history_of(topic)
    waiting = next((one for one in history if one.checked_on is None), None)
    checked = [one for one in history if one.checked_on is not None]
    answers = TopicEvidence(topic, None).answers
    known = waiting or (checked[0] if checked else None)
    context = {
        "topic": topic,
        "answers": answers,
        "generated": generated_message(answers),
        "waiting": waiting,
        "page": Paginator(checked, HISTORY_SIZE).get_page(request.GET.get("page")),
        "current": max(checked, key=lambda one: (one.checked_on, one.pk), default=None),
        "may_check": waiting is not None and rules.may_check_message(request.user, waiting),
        "form": MessageForm(initial={"text_id": known.text_id, "text_en": known.text_en} if known else {}),
        "return_form": ReasonForm(prefix="return"),
        **forms,
    }
    return render(request, "evidence/messages/topic.html", context, status=status)
