"""Django's `migrate`, after which the triggers of all apps stand again."""

from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from sakip.triggers import keepers

TOO_OLD = (
    "Basis data ini lebih tua daripada versi 0.1 yang terakhir. Pasang dahulu versi 0.1 yang terakhir, "
    "jalankan `manage.py migrate` di sana, lalu pasang versi ini. Tidak ada yang diubah."
)


class Command(migrate.Command):
    def handle(self, *args, **options):
        connection = connections[options["database"]]
        _refuse_what_is_too_old(connection)
        for keeper in keepers:
            keeper.before_migrations(connection)
        try:
            super().handle(*args, **options)
        finally:  # also when a migration has failed: those before it stay
            for keeper in keepers:
                keeper.put_up(connection)


def _refuse_what_is_too_old(connection):
    """Raises CommandError where a database has had only some of the migrations that one replaces: the others are
    gone from the program."""
    had = MigrationRecorder(connection).applied_migrations().keys()
    known = MigrationLoader(None).disk_migrations
    for migration in known.values():
        older = set(migration.replaces) - known.keys()
        if not older.isdisjoint(had) and not older <= had:
            raise CommandError(TOO_OLD)
