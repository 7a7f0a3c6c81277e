"""Named reads of findings and what belongs to them."""
