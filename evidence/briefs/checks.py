"""What a brief needs before it can become an output."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from evidence.models import Brief, Finding


def lost_findings(brief: Brief) -> set[int]:
    """Those of its findings that are not public any more."""
    public = Finding.objects.public().filter(brief_items__brief=brief).values("pk")
    return set(brief.items.exclude(finding__in=public).values_list("finding_id", flat=True))


def unmet_for_making(brief: Brief) -> list[str | Promise]:
    needs = (
        (bool(name_of(brief.owner)[1]), _("Your name")),
        (bool(brief.title_id or brief.title_en), _("A title")),
        (bool(brief.message_id or brief.message_en), _("A message")),
        (_has_whole_language(brief), _("Title and message in the same language")),
        (brief.items.exists(), _("At least one finding")),
        (not lost_findings(brief), _("Findings that are all public: remove those that were withdrawn")),
    )
    return [label for is_met, label in needs if not is_met]


def name_of(user: User) -> tuple[str, str]:
    """Given and family name as its author is published; a single name is a family name. Never a mail address."""
    person = getattr(user, "person", None)
    if person is not None:
        return person.given_name, person.family_name.strip()
    given, _space, family = user.name.strip().rpartition(" ")
    return given, family


def _has_whole_language(brief: Brief) -> bool:
    return bool((brief.title_id and brief.message_id) or (brief.title_en and brief.message_en))


def language_of(brief: Brief) -> str:
    """Of its document: Indonesian where it is written in it."""
    return "id" if brief.title_id and brief.message_id else "en"
