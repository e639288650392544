"""Does everybody sign what they must, and does nothing open before?"""
