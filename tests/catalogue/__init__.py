"""Does a code list change without any code changing its meaning?"""
