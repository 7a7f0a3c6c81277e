"""The evidence map: what is asked for, what stands in its cells, how it is drawn. Nothing here reads the database."""
