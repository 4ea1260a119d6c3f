"""Answers about a document as a whole: from the catalog, its first pages and its headings."""
