"""An invented region for the demo: its bodies, its people, its history, and a meeting that sits today."""
