"""What can be measured about the walls? Each proof prints its figure, how often it was tried, and its seed."""
