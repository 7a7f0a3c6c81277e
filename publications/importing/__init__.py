"""Bibliographic files of other people, read into neutral records. Nothing here writes to the database."""
