"""How does an agency file: picking codes, saving by itself, the name guard on the page, presenting?"""
