"""A table's past, from its own spreadsheets, as coded records."""
