"""What does each role see on entering? One file a role, the most urgent first; setting HOMES lists them."""
