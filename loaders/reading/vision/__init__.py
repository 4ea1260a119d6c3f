"""A model that reads page images, and what its answers are worth."""
