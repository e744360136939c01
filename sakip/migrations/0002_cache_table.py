from django.conf import settings
from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def remove(apps, schema_editor):
    table = settings.CACHES["default"]["LOCATION"]
    schema_editor.execute(f"DROP TABLE {schema_editor.quote_name(table)}")


class Migration(migrations.Migration):
    """Creates the table of the shared cache, so that `migrate` alone creates the whole database."""

    dependencies = [("sakip", "0001_initial")]
    operations = [migrations.RunPython(create, remove)]
