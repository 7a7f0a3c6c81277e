"""The changes of the search's own data that stand in the log."""

from django.utils.translation import gettext_lazy as _

from accounts.log_actions import register_actions

register_actions(
    {
        "synonym.added": _("synonym added"),
        "synonym.edited": _("synonym edited"),
        "synonym.deleted": _("synonym deleted"),
        "collection.added": _("collection added"),
        "collection.edited": _("collection edited"),
        "collection.deleted": _("collection deleted"),
        "collection.published": _("collection published"),
        "collection.unpublished": _("collection taken back"),
        "collection.output_added": _("publication added to a collection"),
        "collection.output_removed": _("publication taken out of a collection"),
        "collection.output_moved": _("publication moved within a collection"),
        "collection.note_edited": _("note in a collection edited"),
    }
)
