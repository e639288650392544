"""The pages: what does each person see of a situation, a meeting, the ledger, and what can be done there?"""
