"""Do the two commands, the servers and the wiring keep their word?"""
