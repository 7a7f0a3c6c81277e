"""The parts of an edition's desk, in the order of its menu, each with who sees it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from conferences.models import Edition
from conferences.rules.committee import may_list_submissions, may_open_desk, may_organise
from conferences.rules.desk import may_read_site_desk
from conferences.rules.papers import may_collect_papers
from conferences.rules.proceedings import may_edit_proceedings
from conferences.rules.programme import may_open_schedule
from conferences.rules.registration import may_certify, may_open_registrations, may_register_others
from conferences.rules.reviewing import may_open_outbox, may_open_programme_desk, may_open_reviewing


@dataclass(frozen=True, slots=True)
class Section:
    """`url_name` takes the edition's slug. `rule(user, edition)` says whether its menu shows it."""

    label: "str | Promise"
    url_name: str
    rule: Callable[[User, Edition], bool]


SECTIONS: list[Section] = [
    Section(_("Overview"), "conferences:desk", may_open_desk),
    Section(_("Facts"), "conferences:desk_facts", may_organise),
    Section(_("Dates"), "conferences:desk_dates", may_organise),
    Section(_("Committee"), "conferences:desk_committee", may_read_site_desk),
    Section(_("Tracks"), "conferences:desk_tracks", may_read_site_desk),
    Section(_("Pages"), "conferences:desk_pages", may_read_site_desk),
    Section(_("News"), "conferences:desk_news", may_read_site_desk),
    Section(_("Speakers"), "conferences:desk_speakers", may_read_site_desk),
    Section(_("Sponsors"), "conferences:desk_sponsors", may_read_site_desk),
    Section(_("Photographs"), "conferences:desk_photos", may_read_site_desk),
    Section(_("Call"), "conferences:desk_call", may_organise),
    Section(_("Submissions"), "conferences:desk_submissions", may_list_submissions),
    Section(_("Reviewers"), "conferences:desk_reviewers", may_open_programme_desk),
    Section(_("Rubrics"), "conferences:desk_rubrics", may_open_programme_desk),
    Section(_("Assignment"), "conferences:desk_assignment", may_open_programme_desk),
    Section(_("Reviews and decisions"), "conferences:desk_progress", may_open_reviewing),
    Section(_("Outbox"), "conferences:desk_outbox", may_open_outbox),
    Section(_("Final papers"), "conferences:desk_final_papers", may_edit_proceedings),
    Section(pgettext_lazy("of a conference", "Programme"), "conferences:desk_schedule", may_open_schedule),
    Section(pgettext_lazy("of a conference", "Papers"), "conferences:desk_papers", may_collect_papers),
    Section(_("Registration"), "conferences:desk_registrations", may_open_registrations),
    Section(_("Badges"), "conferences:desk_badges", may_open_registrations),
    Section(_("Check-in"), "conferences:desk_check_in", may_register_others),
    Section(_("Attendance"), "conferences:desk_attendance", may_open_registrations),
    Section(_("Certificates"), "conferences:desk_certificates", may_certify),
    Section(_("Proceedings"), "conferences:desk_proceedings", may_edit_proceedings),
    Section(_("Log"), "conferences:desk_log", may_read_site_desk),
]


def sections_for(user: User, edition: Edition) -> list[Section]:
    return [section for section in SECTIONS if section.rule(user, edition)]
