"""The changes of findings, ratings, recommendations and summaries that stand in the log."""

from django.utils.translation import gettext_lazy as _

from accounts.log_actions import register_actions

register_actions(
    {
        "finding.entered": _("finding entered"),
        "finding.edited": _("finding edited"),
        "finding.proposed": _("finding proposed"),
        "finding.returned": _("finding returned"),
        "finding.checked": _("finding checked"),
        "finding.withdrawn": _("finding withdrawn"),
        "finding.reinstated": _("finding brought back"),
        "finding.discarded": _("finding discarded"),
        "finding.rated": _("finding rated"),
        "recommendation.entered": _("recommendation entered"),
        "recommendation.edited": _("recommendation edited"),
        "recommendation.checked": _("recommendation checked"),
        "recommendation.unchecked": _("recommendation taken back for correction"),
        "recommendation.discarded": _("recommendation discarded"),
        "recommendation.answered": _("recommendation answered"),
        "summary.entered": _("plain-language summary entered"),
        "summary.edited": _("plain-language summary edited"),
        "summary.checked": _("plain-language summary checked"),
        "summary.discarded": _("plain-language summary discarded"),
    }
)
