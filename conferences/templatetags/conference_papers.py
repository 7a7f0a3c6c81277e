"""What pages of outputs show of the conferences."""

from django import template

from conferences.models import Edition
from conferences.queries.papers import edition_of
from publications.models import Output

register = template.Library()


@register.simple_tag
def given_at(output: Output) -> Edition | None:
    """The public edition at which it was given."""
    return edition_of(output)
