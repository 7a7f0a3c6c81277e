from search.models.synonyms import Kind, Synonym, SynonymEdition

__all__ = ["Kind", "Synonym", "SynonymEdition"]
