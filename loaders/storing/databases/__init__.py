"""SQLite and Postgres behind one door: connections, schemas, locks."""
