"""The index itself: what is in it, how it is built, how it follows the database, how it is read."""
