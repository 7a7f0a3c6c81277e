"""Fields that the forms of the desk share."""

import datetime
import re
import zoneinfo
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publications.forms.inputs import LineField, TextField

JAKARTA = zoneinfo.ZoneInfo("Asia/Jakarta")
_DAY_ALONE = re.compile(r"\d{4}-\d\d-\d\d")


def line(label: Any, limit: int, **options: Any) -> LineField:
    return LineField(label=label, max_length=limit, **options)


def text(label: Any, limit: int, rows: int = 5, **options: Any) -> TextField:
    return TextField(label=label, max_length=limit, widget=forms.Textarea(attrs={"rows": rows}), **options)


class DayField(forms.DateField):
    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)
        self.input_formats = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"]


class MomentField(forms.DateTimeField):
    """A moment as the clock in `tz` shows it; a day alone means its `hour`."""

    def __init__(self, tz: datetime.tzinfo = JAKARTA, hour: str = "00:00", **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **options)
        self.tz, self.hour = tz, hour

    def to_python(self, value: Any) -> datetime.datetime | None:
        if isinstance(value, str) and _DAY_ALONE.fullmatch(value.strip()):
            value = f"{value.strip()}T{self.hour}"
        with timezone.override(self.tz):
            moment: datetime.datetime | None = super().to_python(value)
        if moment is not None and not 2000 <= moment.year <= 2100:
            raise forms.ValidationError(_("Write a date between 2000 and 2100."))
        return moment

    def prepare_value(self, value: Any) -> Any:
        with timezone.override(self.tz):
            return super().prepare_value(value)


def refuse_turned(form: forms.BaseForm, data: dict[str, Any]) -> dict[str, Any]:
    """What ends, ends after it starts."""
    first, last = data.get("starts_at"), data.get("ends_at")
    if first and last and last <= first:
        form.add_error("ends_at", _("The end must come after the start."))
    return data


class DeskForm(forms.ModelForm[Any]):
    """Writes nothing to its instance: the action does, under its lock."""

    def _post_clean(self) -> None:
        """See above."""

    def data_for_action(self) -> dict[str, Any]:
        many = forms.ModelMultipleChoiceField
        return {
            name: list(value) if isinstance(self.fields[name], many) else value
            for name, value in self.cleaned_data.items()
        }

    def refuse_taken(self, name: str, **others: Any) -> Any:
        """A value that another row of the same kind has already, among those with `others`."""
        value = self.cleaned_data[name]
        rows = self._meta.model._default_manager.filter(**{name: value}, **others)
        if rows.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("This is taken already."))
        return value
