"""Sample content: about sixty invented research outputs, typeset to real PDF files."""
