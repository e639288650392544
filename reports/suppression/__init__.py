"""Which counts may be told to whom, so that nobody can work out those that are withheld?"""
