"""Does the program do what the law of the table says? By product, not by list."""
