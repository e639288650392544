"""Who belongs to a table, how does one come in, and how does one leave?"""
