"""The words of letters: what we would write, what the committee writes instead, and their {fields}."""

from conferences.letters.filling import UnknownField, fields_in, fill
from conferences.letters.wording import FIELDS, KINDS, Wording, fields_of, standard

__all__ = ["FIELDS", "KINDS", "UnknownField", "Wording", "fields_in", "fields_of", "fill", "standard"]
