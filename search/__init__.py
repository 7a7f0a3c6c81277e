"""One Tantivy index over what is public: indexing, query, facets, suggestions, alerts."""
