"""How do we know? Laws by product, walls by attack, journeys by several people at once."""
