"""What do a table's figures ask of the community's plan: which risks, which missing services, which rules?"""
