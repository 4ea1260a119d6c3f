"""Numbered sources: what an answer may use, and what it is checked against."""
