"""A draft held against its sources."""
