"""Indexing by any number of `work` processes on any machines; the queue is in the database."""
