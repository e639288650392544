"""How does a table work: who comes, what is missing, how long it takes, where its threshold lies? Never who is good."""
