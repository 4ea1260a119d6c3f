"""The conversation and what it looks like in a terminal."""
