"""Forms whose texts become public ask before an address or a number of a person goes along."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from evidence.contacts import contacts_in


class AsksAboutContacts:
    """A part of a form: `public_texts` are its fields that everybody will read."""

    public_texts: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form: Any = self
        form.fields["may_show"] = forms.BooleanField(
            label=_("It may be shown: it is that of an office, or public anyway"), required=False
        )

    def clean(self) -> dict[str, Any]:
        form: Any = self
        data: dict[str, Any] = super().clean() or {}  # type: ignore[misc]
        found = contacts_in(data.get(name, "") for name in self.public_texts)
        if found and not data.get("may_show"):
            message = _("Everybody would read this: %(found)s. Take it out, or tick here if it may be shown.")
            form.add_error("may_show", message % {"found": ", ".join(map(str, found))})
        return data
