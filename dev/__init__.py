"""What a developer, the demo and the tests need, and production never runs."""
