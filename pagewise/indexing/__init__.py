"""From files to an indexed library: pages as they arrive, and what became of each."""
