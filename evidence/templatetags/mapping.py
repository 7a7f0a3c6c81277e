"""Rows of the evidence map in templates."""

from django import template

from evidence.mapping import cell_html

register = template.Library()
register.filter("as_cells", cell_html.cells_html)
register.filter("as_items", cell_html.known_html)
register.filter("as_gaps", cell_html.gaps_html)
