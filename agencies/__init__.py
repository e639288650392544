"""WHO SITS AT THE TABLE: agencies, tables, members, seats, agreements. Imports none of our other apps."""
