"""One check a file: what of a statement does not stand in the sources."""
