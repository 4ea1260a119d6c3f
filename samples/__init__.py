"""A document of our own that shows what real ones do, and the script that makes it."""
