"""Does everybody at the table see what they may see, at once?"""
