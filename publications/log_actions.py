"""The changes of outputs that stand in the log."""

from django.utils.translation import gettext_lazy as _

from accounts.log_actions import register_actions

register_actions(
    {
        "output.started": _("started"),
        "output.withdrawn": _("withdrawn"),
        "import.discarded": _("file discarded before its import"),
        "import.finished": _("import finished"),
        "import.prepared": _("file prepared for import"),
        "import.started": _("import started"),
        "import.undo_started": _("taking back of the import started"),
        "import.undone": _("import taken back"),
        "output.import_corrected": _("changed by an import"),
        "output.import_undone": _("draft removed with its import"),
        "output.imported": _("imported"),
        "output.reinstated": _("brought back"),
        "output.shared": _("co-owner added"),
        "output.unshared": _("co-owner removed"),
        "output.transferred": _("handed over"),
        "version.started": _("new version started"),
        "version.edited": _("edited"),
        "version.submitted": _("submitted"),
        "version.claimed": _("taken in hand"),
        "version.released": _("given free"),
        "version.commented": _("commented"),
        "version.returned": _("returned"),
        "version.published": _("published"),
        "version.corrected": _("corrected"),
        "version.discarded": _("discarded"),
        "file.added": _("file added"),
        "file.described": _("file described"),
        "file.removed": _("file removed"),
        "copy.granted": _("copy granted"),
        "copy.declined": _("copy declined"),
    }
)
