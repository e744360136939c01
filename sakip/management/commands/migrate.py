"""Django's `migrate`, after which the triggers of all apps stand again."""

from django.core.management.commands import migrate
from django.db import connections

from sakip.triggers import keepers


class Command(migrate.Command):
    def handle(self, *args, **options):
        connection = connections[options["database"]]
        for keeper in keepers:
            keeper.before_migrations(connection)
        try:
            super().handle(*args, **options)
        finally:  # also when a migration has failed: those before it stay
            for keeper in keepers:
                keeper.put_up(connection)
