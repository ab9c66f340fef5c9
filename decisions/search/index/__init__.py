"""The index on disk: its fields, reading and writing it, comparing it with PostgreSQL."""
