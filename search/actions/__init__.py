from search.actions.synonyms import delete_synonym, save_synonym

__all__ = ["delete_synonym", "save_synonym"]
