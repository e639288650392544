"""How do programs reach what the pages show? The second door: the same verbs, the same projection, as JSON."""
