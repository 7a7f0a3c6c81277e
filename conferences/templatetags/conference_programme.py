"""What the pages of the programme's desk need."""

from django import template

from conferences.models import ProgrammeItem
from conferences.programme_warnings import title_of

register = template.Library()


@register.filter
def item_title(item: ProgrammeItem) -> str:
    """With the number of a submission."""
    return title_of(item)
