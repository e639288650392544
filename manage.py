#!/usr/bin/env python3
"""Runs Django's commands with this project's settings."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "situation_table.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
