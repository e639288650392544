"""Is what we tell others true, and does it tell no more than it may?"""
