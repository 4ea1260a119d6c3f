"""What a question is, and what it wants."""
