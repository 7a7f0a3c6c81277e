"""Who may do what with a conference, one file a subject."""
