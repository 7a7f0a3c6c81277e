from search.models.alerts import MOST_CHARACTERS, Alert, Digest, Frequency, Told
from search.models.collections import Collection, CollectionItem, CollectionKind, FormerSlug
from search.models.synonyms import Kind, Synonym, SynonymEdition

__all__ = [
    "MOST_CHARACTERS",
    "Alert",
    "Collection",
    "CollectionItem",
    "CollectionKind",
    "Digest",
    "FormerSlug",
    "Frequency",
    "Kind",
    "Synonym",
    "SynonymEdition",
    "Told",
]
