"""Submissions and the call."""

from django.utils.translation import gettext_lazy as _

from accounts.log_actions import register_actions

register_actions(
    {
        "submission.started": _("submission started"),
        "submission.edited": _("submission edited"),
        "submission.submitted": _("submission handed in"),
        "submission.withdrawn": _("submission withdrawn by its author"),
        "submission.discarded": _("draft of a submission thrown away"),
        "submission.file_added": _("file of a submission added"),
        "submission.file_removed": _("file of a submission removed"),
        "submission.warnings_looked_at": _("warnings about a manuscript looked at"),
        "late_link.made": _("late link made"),
        "late_link.opened": _("late link opened"),
        "late_link.revoked": _("late link revoked"),
        "call.track_edited": _("what a track asks for edited"),
        "call.question_added": _("question of the call added"),
        "call.question_edited": _("question of the call edited"),
        "call.question_deleted": _("question of the call deleted"),
        "call.template_added": _("template of the call added"),
        "call.template_deleted": _("template of the call deleted"),
        "call.theme_added": _("theme of the call added"),
        "call.theme_edited": _("theme of the call edited"),
        "call.theme_deleted": _("theme of the call deleted"),
    }
)
