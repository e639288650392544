"""How would an uninvolved member, a bug with SQL in its hand, or bad luck get at what is not theirs?"""
