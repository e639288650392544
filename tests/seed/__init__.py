"""Is the demo's region what it says, and does it leak nothing?"""
