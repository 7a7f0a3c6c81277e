from django.utils.translation import gettext_lazy as _

from accounts.log_actions import register_actions

register_actions(
    {
        "volume.begun": _("volume of proceedings begun"),
        "volume.edited": _("facts of the proceedings edited"),
        "volume.reordered": _("papers of the proceedings reordered"),
        "volume.build_started": _("making of the proceedings started"),
        "volume.built": _("proceedings made"),
        "volume.published": _("proceedings published"),
        "volume.handed_in": _("papers of the proceedings handed to the curators"),
        "volume.papers_published": _("papers of the proceedings published"),
    }
)
