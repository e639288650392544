"""Which pages keep people, seats and papers?"""
