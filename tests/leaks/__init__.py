"""Does anything reach somebody the policy does not name?"""
