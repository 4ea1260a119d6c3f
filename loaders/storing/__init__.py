"""Where readings, chunks and vectors are kept."""
