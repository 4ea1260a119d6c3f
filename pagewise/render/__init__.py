"""`read`: what the reader makes of files, written for people and for programs."""
