"""The module for the database of this installation, and what its program knows."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from sakip.backup import postgres, sqlite
from sakip.backup.errors import BackupRefused


def own():
    """Has `size`, `take`, `check`, `refuse_unless_empty`, `room_needed`, `restore` and its name, ENGINE."""
    return of_engine(connection.vendor)


def of_engine(name):
    for module in (sqlite, postgres):
        if name == module.ENGINE:
            return module
    raise BackupRefused(f"Cadangan ini dari basis data “{name}”, yang tidak dikenal program ini.")


def refuse_unless_migrated():
    """The models name tables and columns: they must be those of the database."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        raise BackupRefused(
            f"Basis data belum diperbarui: {len(waiting)} migrasi menunggu. Buat cadangan dengan program "
            "versi lama, sebelum memperbaruinya; atau jalankan migrate lebih dahulu."
        )


def refuse_newer(manifest):
    """Raises BackupRefused when a newer program made the backup: this one would misread its tables."""
    loader = MigrationExecutor(connection).loader
    known = set(loader.disk_migrations) | {
        replaced for migration in loader.disk_migrations.values() for replaced in migration.replaces
    }
    newer = [
        f"{app}.{name}"
        for app, name in manifest["migrations"]
        if app in loader.migrated_apps and (app, name) not in known
    ]
    if newer:
        raise BackupRefused(
            f"Cadangan ini dibuat oleh program yang lebih baru (versi {manifest['program']}; "
            f"{newer[-1]} belum dikenal di sini). Pasang versi program itu, lalu ulangi."
        )
