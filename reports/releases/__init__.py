"""How does a count become a release: decided once, checked, signed off by a second person, frozen?"""
