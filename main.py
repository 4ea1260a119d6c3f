"""Ask PDFs from the command line."""
