"""Can people do it in a real browser, several signed in at once, through the pages only?"""
