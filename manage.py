#!/usr/bin/env python
"""Django's command line for this project."""

import gc
import os
import sys

import sakip  # noqa: F401  first of all: it puts the newer SQLite in place

if __name__ == "__main__":
    # Almost nothing is garbage while two thousand modules load, and looking for it takes a tenth of the time.
    gc.set_threshold(100_000)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sakip.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from sakip.operations import log_lines

    try:
        from sakip import settings  # noqa: F401  a wrong setting is told in its sentence alone
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    with log_lines.command(sys.argv[1:]):
        execute_from_command_line(sys.argv)
