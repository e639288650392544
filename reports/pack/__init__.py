"""The pack: every figure of a period, for a table, a region or the province, with its base and what is withheld."""
