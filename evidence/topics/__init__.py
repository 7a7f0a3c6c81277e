"""What the findings on one PMKS say together: counted, narrowed, put into words. Nothing here reads the database."""
