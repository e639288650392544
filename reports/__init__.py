"""WHAT WE TELL OTHERS: the coded record and the figures made from it."""
