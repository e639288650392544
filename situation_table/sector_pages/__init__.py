"""Where do the sectors get their pages? Here: they are the agencies' list, kept in the way of the code lists of risk.

Neither room knows the other: the verbs are agencies.sector_editor, the forms, words and steps those of risk.
"""
