"""Django's `migrate`, after which the history is kept again.

SQLite drops the triggers of a table that a migration rebuilds.
"""

from django.core.management.commands import migrate
from django.db import connections

from sakip.history import guard


class Command(migrate.Command):
    def handle(self, *args, **options):
        super().handle(*args, **options)
        guard.put_up(connections[options["database"]])
