"""How does the French page write days and hours? As used in Canada: 14 h 30, with spaces that do not break."""

HOUR = "G\u00a0\\h\u00a0i"
DAY_AND_HOUR = f"j F à {HOUR}"
SHORT_DAY = "j N"  # M would write "Aoû"
SHORT_DAY_AND_HOUR = f"j N, {HOUR}"
WEEKDAY_AND_HOUR = f"l j F à {HOUR}"
WHOLE_DAY_AND_HOUR = f"l j F Y à {HOUR}"

# Django's own names, where its French is that of France.
TIME_FORMAT = HOUR
DATETIME_FORMAT = f"j F Y à {HOUR}"

# What is typed is the same in both languages, as every hint shows it: 02/03 is a different day in each.
DATE_INPUT_FORMATS = ["%Y-%m-%d"]
DATETIME_INPUT_FORMATS = ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
# An hour is typed as the clock shows it or as French writes it; neither can be taken for another.
TIME_INPUT_FORMATS = ["%H:%M", "%H h %M", "%Hh%M", "%H:%M:%S"]
