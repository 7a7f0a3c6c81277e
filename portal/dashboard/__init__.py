"""The dashboard: what is asked of it and the tables it shows. Nothing here reads the database."""
