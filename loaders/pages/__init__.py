"""The nouns of reading: a page, its words and where they stand."""
