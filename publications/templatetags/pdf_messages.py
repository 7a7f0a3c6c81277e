"""Codes of the file check as sentences."""

from django import template

from publications.pdf.codes import Code
from publications.pdf.messages import MESSAGES

register = template.Library()


@register.filter
def pdf_message(code: str) -> str:
    return str(MESSAGES.get(Code(code), code)) if code in Code.__members__.values() else code
