"""Wires the rooms together: settings, addresses, middleware, servers. Owns no models; nobody imports it."""

from situation_table.celery import app as celery_app

# Loaded with the package, so that a task sent by a page or a command finds its broker.
__all__ = ("celery_app",)
