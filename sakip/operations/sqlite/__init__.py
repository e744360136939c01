"""A database backend (ENGINE): Django's for SQLite, whose writers stand in a queue."""
