"""How do side effects leave the request? Through a broker that carries outbox ids and nothing else.

Settings named CELERY_... configure it. The tasks of each room live in its tasks.py; the one here runs the clock's
verbs.
"""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "situation_table.settings")

app = Celery("situation_table")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.task(name="situation_table.sweep")
def sweep(verb: str) -> None:
    """Run one of the clock's verbs."""
    from situation_table.sweeps import named

    named(verb).run()
