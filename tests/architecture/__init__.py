"""Do the rooms stand as they were drawn?"""
