"""What an edition needs before everybody may see it, and what would be good to have."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conferences import date_order
from conferences.models import CommitteeMember, CommitteeRole, DateKind, Edition, Host, SitePage, Track


@dataclass(frozen=True, slots=True)
class Item:
    text: "str | Promise"
    is_met: bool
    is_needed: bool
    url_name: str


def readiness(edition: Edition) -> list[Item]:
    """One statement, and one for the dates where they are not read yet."""
    has = Edition.objects.filter(pk=edition.pk).values(
        host=Exists(Host.objects.filter(edition=OuterRef("pk"))),
        chair=Exists(
            CommitteeMember.objects.filter(edition=OuterRef("pk"), role=CommitteeRole.CHAIR, user__is_active=True)
        ),
        track=Exists(Track.objects.filter(edition=OuterRef("pk"))),
        page=Exists(SitePage.objects.filter(edition=OuterRef("pk"))),
    )[0]
    moments = date_order.moments_of(edition)
    needed = (
        (_("A theme in Indonesian"), bool(edition.theme_id), "facts"),
        (_("What it is about, in Indonesian"), bool(edition.summary_id), "facts"),
        (_("A venue with its city, or an edition online"), bool(edition.city) or edition.is_online, "facts"),
        (_("An e-mail address of the committee"), bool(edition.contact_email), "facts"),
        (_("At least one host"), has["host"], "hosts"),
        (_("A chair who has accepted"), has["chair"], "committee"),
        (_("At least one track"), has["track"], "tracks"),
        (_("The date on which submissions close"), moments.get(DateKind.SUBMISSIONS_CLOSE) is not None, "dates"),
    )
    in_english = all((edition.title_en, edition.theme_en, edition.summary_en))
    in_order = not date_order.unusual(moments) and not date_order.after_the_end(edition, moments)
    wanted = (
        (_("Title, theme and summary in English"), in_english, "facts"),
        (_("Dates in their usual order"), in_order, "dates"),
        (_("A page for those who have questions"), has["page"], "pages"),
    )
    return [Item(text, met, True, f"conferences:desk_{part}") for text, met, part in needed] + [
        Item(text, met, False, f"conferences:desk_{part}") for text, met, part in wanted
    ]


def unmet(edition: Edition) -> list[Item]:
    return [item for item in readiness(edition) if item.is_needed and not item.is_met]
