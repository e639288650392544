"""THE THING ITSELF: situation, lifecycle, meeting, intervention. Imports risk, privacy and agencies."""
