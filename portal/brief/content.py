"""What the A4 sheet of a topic says, as plain values in the language of the page: only what is public."""

import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from evidence.agreement import Assessment, assess
from evidence.facts import number
from evidence.models import Finding
from evidence.queries.topics import TopicEvidence, message_of, recommendations_on
from evidence.topics.answers import Answers
from evidence.topics.choice import Choice
from evidence.topics.wording import generated_message, listed, studies
from portal.queries.topics import TopicFacts, topic_facts
from portal.templatetags.topics import cost_range
from publications.queries.rows import author_names
from publications.typesetting.qr import qr_rows
from taxonomy.models import Pmks

TEMPLATE = Path(__file__).parent / "brief.typ"
MOST_STATEMENT, MOST_TITLE, MOST_TEXT = 400, 180, 220
MOST_NAMES = 3
Brief = dict[str, Any]


def brief_of(topic: Pmks, generation: int | None) -> Brief:
    evidence, facts = TopicEvidence(topic, generation), topic_facts(topic, generation)
    answers, found = evidence.answers, evidence.shown(Choice())
    today = timezone.localdate()
    address = settings.SITE_URL + reverse("topics:topic", args=[topic.slug])
    midnight = datetime.datetime.combine(today, datetime.time.min, datetime.UTC)
    return {
        "language": get_language(),
        "timestamp": int(midnight.timestamp()),
        "site": "Repositori Kesos",
        "kicker": topic.code + " · " + _("A4 sheet of what research says"),
        "title": topic.label,
        "definition": topic.definition,
        **_message(topic, answers),
        "answers": [_works(answers), _costs(answers), _harms(answers, evidence.harms()), _unknown(answers, facts)],
        "findings_titles": [_findings_title(answers, shown) for shown in range(len(found.findings) + 1)],
        "findings": _findings(found.findings),
        "nothing": _("No finding is public yet."),
        **_recommendations(topic),
        "address": address,
        "qr": qr_rows(address),
        "made": _(
            "Made on %(date)s from what is public in Repositori Kesos. Everything, and the newest state, stands at:"
        )
        % {"date": date_format(today, "DATE_FORMAT")},
        "page": _("page"),
        "sample": _("Contains sample data.") if any(one.output.is_sample for one in found.findings) else "",
    }


def _message(topic: Pmks, answers: Answers) -> Brief:
    message = message_of(topic)
    if message is None or message.checked_on is None:
        told = _("Counted from the findings; no curator has written a message about them yet.")
        return {"message": generated_message(answers), "message_by": told}
    told = _("Written by %(writer)s, checked by %(checker)s on %(date)s.") % {
        "writer": message.writer_name,
        "checker": message.checker_name,
        "date": date_format(message.checked_on, "DATE_FORMAT"),
    }
    return {"message": str(message.text), "message_by": told}


def _answer(title: str, lines: list[str], unknown: str) -> Brief:
    return {"title": title, "lines": lines or [unknown]}


def _works(answers: Answers) -> Brief:
    lines = []
    for one in answers.works:
        text = ngettext(
            "%(service)s: %(better)s of %(compared)s finding says better (%(studies)s); strength of method: %(level)s.",
            "%(service)s: %(better)s of %(compared)s findings say better (%(studies)s); strength of method: %(level)s.",
            one.compared,
        )
        level = one.level.label if one.level else _("not rated yet")
        values = {"better": number(one.better), "compared": number(one.compared), "studies": studies(one.studies)}
        line = text % {"service": one.service.label, "level": level, **values}
        lines.append(line + (" " + _("The others: %(others)s.") % {"others": listed(one.others)} if one.others else ""))
    if answers.compared:
        told = [(direction, count) for direction, count in answers.all_directions if count]
        lines.append(_("Altogether: %(directions)s.") % {"directions": listed(told)})
    return _answer(_("What works, and how sure"), lines, _("unknown: no finding says that something became better"))


def _costs(answers: Answers) -> Brief:
    lines = [f"{cost_range(one)} {one.basis}".strip() for one in answers.costs]
    if lines and answers.without_cost:
        lines.append(_tell(ngettext(
            "%(number)s finding tells no cost.", "%(number)s findings tell no cost.", answers.without_cost
        ), answers.without_cost))  # fmt: skip
    return _answer(_("Cost"), lines, _("unknown: no finding tells a cost"))


def _harms(answers: Answers, harms: list[Finding]) -> Brief:
    lines = [Truncator(str(one.harms)).chars(MOST_TEXT) for one in harms]
    if lines and answers.without_harms:
        text = ngettext(
            "%(number)s finding says nothing about harms.",
            "%(number)s findings say nothing about harms.",
            answers.without_harms,
        )
        lines.append(_tell(text, answers.without_harms))
    return _answer(_("Harms"), lines, _("unknown: no finding tells harms"))


def _unknown(answers: Answers, facts: TopicFacts) -> Brief:
    places, lines = facts.places_without, []
    if places:
        first = ", ".join(place.term.label for place in places[:3])
        more = len(places) - 3
        text = ngettext("%(number)s more province", "%(number)s more provinces", more)
        lines.append(
            _("No study in %(places)s") % {"places": first} + (f" + {_tell(text, more)}." if more > 0 else ".")
        )
    services, outcomes = len(answers.missing_services), len(answers.missing_outcomes)
    unrated = answers.unrated
    texts = (
        (
            ngettext("%(number)s service without a finding.", "%(number)s services without a finding.", services),
            services,
        ),
        (
            ngettext("%(number)s outcome without a finding.", "%(number)s outcomes without a finding.", outcomes),
            outcomes,
        ),
        (ngettext("%(number)s finding not rated yet.", "%(number)s findings not rated yet.", unrated), unrated),
    )
    lines += [_tell(text, count) for text, count in texts if count]
    return _answer(_("Unknown so far"), lines, "–")


def _tell(text: str, count: int) -> str:
    return text % {"number": number(count)}


def _findings_title(answers: Answers, shown: int) -> str:
    text = _("Key findings: %(shown)s of %(total)s, the surest first")
    return text % {"shown": number(shown), "total": number(answers.total)}


def _findings(findings: list[Finding]) -> list[Brief]:
    names = author_names([finding.version_id for finding in findings])
    return [
        {
            "statement": Truncator(str(finding.statement)).chars(MOST_STATEMENT),
            "direction": str(finding.get_direction_display()),
            "sure": " · ".join(map(_sure, assess(finding.ratings.all()))),
            "source": _source(finding, names[finding.version_id]),
            "address": settings.SITE_URL + reverse("publications:output", args=[finding.output.public_id]),
        }
        for finding in findings
    ]


def _sure(one: Assessment) -> str:
    caveat = f" ({_('one rater')})" if one.is_rated and one.wants_raters else ""
    return f"{one.kind.label}: {one.word}{caveat}"


def _source(finding: Finding, names: list[str]) -> str:
    """'Siti Rahmawati, Sukarno (2014). Title. Page 7.'"""
    people = ", ".join(names[:MOST_NAMES]) + (" et al." if len(names) > MOST_NAMES else "")
    title = Truncator(finding.version.title).chars(MOST_TITLE)
    page = " " + _("Page %(number)s.") % {"number": finding.page} if finding.page else ""
    return f"{people} ({finding.output.year}). {title}.{page}".strip()


def _recommendations(topic: Pmks) -> Brief:
    found = recommendations_on(topic)
    states = ", ".join(f"{number(count)} {state.label}" for state, count in found.states)
    return {
        "recommendations_title": _("Recommendations, and what became of them"),
        "recommendations_states": states,
        "recommendations": [
            {
                "text": Truncator(str(one.text)).chars(MOST_TEXT),
                "to": Truncator(one.addressee_label).chars(90),
                "state": str(one.get_state_display()),
            }
            for one in found.latest
        ],
    }
