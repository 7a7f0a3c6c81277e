"""How outputs are written on pages."""

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.formats import date_format

from publications.copy_links import with_key
from publications.languages import language_name as name_of_language
from publications.metadata import PublicDate
from publications.models import DatePrecision, Version

register = template.Library()


@register.filter
def publication_date(version: Version | PublicDate) -> str:
    """'25 November 2014', 'November 2014' or '2014': as exact as it is known."""
    precision = version.precision if isinstance(version, PublicDate) else version.date_precision
    if version.date is None:
        return ""
    if precision == DatePrecision.YEAR:
        return str(version.date.year)
    return date_format(version.date, "YEAR_MONTH_FORMAT" if precision == DatePrecision.MONTH else "DATE_FORMAT")


@register.filter
def language_name(code: str) -> str:
    return name_of_language(code)


@register.filter
def in_groups(checksum: str) -> str:
    """A checksum in groups of eight, so that people can compare it and lines can break."""
    return " ".join(checksum[start : start + 8] for start in range(0, len(checksum), 8))


register.filter("with_key", with_key)


class SpreadNode(template.Node):
    def __init__(self, values: FilterExpression, nodes: NodeList) -> None:
        self.values, self.nodes = values, nodes

    def render(self, context: template.Context) -> str:
        with context.push(**self.values.resolve(context)):
            return str(self.nodes.render(context))


@register.tag
def spread(parser: Parser, token: Token) -> SpreadNode:
    """`{% spread values %}…{% endspread %}`: the items of a dictionary as variables.

    `values` may be a function that reads the database: inside `kept` it is called only when the part is drawn anew.
    """
    values = parser.compile_filter(token.split_contents()[1])
    nodes = parser.parse(("endspread",))
    parser.delete_first_token()
    return SpreadNode(values, nodes)
