from django.utils.translation import gettext_lazy as _

from accounts.log_actions import register_actions

register_actions(
    {
        "reviewer.invited": _("reviewer invited"),
        "reviewer.edited": _("tracks of a reviewer changed"),
        "reviewer.accepted": _("invitation to review accepted"),
        "reviewer.declined": _("invitation to review declined"),
        "reviewer.removed": _("reviewer removed"),
        "conflict.declared": _("conflict of interest declared"),
        "conflict.entered": _("conflict of interest entered"),
        "conflict.taken_back": _("conflict of interest taken back"),
        "assignment.planned": _("assignment planned"),
        "assignment.proposed": _("reviewer proposed by hand"),
        "assignment.discarded": _("proposed reviewer discarded"),
        "assignment.letters_written": _("letters to reviewers written"),
        "assignment.cancelled": _("review taken back"),
        "assignment.extended": _("more time given for a review"),
        "assignment.accepted": _("review taken on"),
        "assignment.declined": _("review declined"),
        "review.submitted": _("review handed over"),
        "review.remarked": _("remark in the discussion"),
        "decision.made": _("decision made"),
        "decision.taken_back": _("decision taken back"),
        "decision.released": _("decision released with its letter"),
        "letter.sent": _("letter sent"),
        "letter.edited": _("letter edited"),
        "letter.dropped": _("letter dropped"),
        "letter.wording_written": _("own wording of a letter written"),
        "letter.wording_reset": _("own wording of a letter taken away"),
        "criterion.saved": _("rubric of a track changed"),
        "criterion.deleted": _("criterion of a rubric deleted"),
    }
)
