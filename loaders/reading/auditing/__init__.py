"""A reading held against the words of its page."""
