"""Stamps and links what the migrations wrote into the history, and puts up the triggers that keep it.

The key comes from the settings, as for every later entry.
"""

from django.db import migrations


def protect(apps, schema_editor):
    from sakip.history import chain, guard, stamps, stored

    connection, key = schema_editor.connection, stamps.keys()[-1]
    rows = [(stamps.code(key, content), entry) for entry, content in stored.unstamped()]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {stored.ENTRIES} SET stamp = %s WHERE id = %s", rows)  # noqa: S608  only names of our own tables
    guard.put_up(connection)
    chain.link_rest()


class Migration(migrations.Migration):
    replaces = [("sakip", "0016_history_chain")]
    dependencies = [("sakip", "0001_release_1")]
    operations = [migrations.RunPython(protect)]
