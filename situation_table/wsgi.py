"""The pages, as WSGI (see asgi.py for why)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "situation_table.settings")
application = get_wsgi_application()
