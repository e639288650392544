"""How are days and hours written in each language? One module a language; Django finds them by name."""
