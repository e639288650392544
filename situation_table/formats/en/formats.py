"""How does the English page write days and hours? Names of our own stand beside Django's; pages ask by name."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
HOUR = "H:i"
DAY_AND_HOUR = "j F, H:i"
SHORT_DAY = "j M"
SHORT_DAY_AND_HOUR = "j M, H:i"
WEEKDAY_AND_HOUR = "l j F, H:i"
WHOLE_DAY_AND_HOUR = "l j F Y, H:i"

# What is typed is the same in both languages, as every hint shows it: 02/03 is a different day in each.
DATE_INPUT_FORMATS = ["%Y-%m-%d"]
DATETIME_INPUT_FORMATS = ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
