"""Words and vectors to search by, derived from the truth."""
