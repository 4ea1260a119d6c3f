"""Answers judged against known ones, and runs compared."""
