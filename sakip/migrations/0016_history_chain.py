"""Stamps and links what is in the history, and puts up the triggers that keep it.

What was written before this migration is protected from now on: the chain says nothing of earlier changes.
The key comes from the settings, as for every later entry.
"""

import django.db.models.deletion
from django.db import migrations, models


def protect(apps, schema_editor):
    from sakip.history import chain, guard, stamps, stored

    connection, key = schema_editor.connection, stamps.keys()[-1]
    rows = [(stamps.code(key, content), entry) for entry, content in stored.unstamped()]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {stored.ENTRIES} SET stamp = %s WHERE id = %s", rows)  # noqa: S608  only names of our own tables
    guard.put_up(connection)
    chain.link_rest()


def lay_open(apps, schema_editor):
    from sakip.history import guard

    guard.take_down(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("sakip", "0015_finding_reach"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoryLink",
            fields=[
                (
                    "number",
                    models.PositiveBigIntegerField(
                        primary_key=True, serialize=False, verbose_name="nomor"
                    ),
                ),
                ("entry", models.PositiveBigIntegerField(unique=True, verbose_name="riwayat")),
                ("link", models.CharField(max_length=64, verbose_name="mata rantai")),
            ],
            options={
                "verbose_name": "mata rantai riwayat",
                "verbose_name_plural": "mata rantai riwayat",
            },
        ),
        migrations.CreateModel(
            name="HistoryCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_index=True, verbose_name="waktu")),
                ("number", models.PositiveBigIntegerField(verbose_name="entri yang diperiksa")),
                ("head", models.CharField(max_length=90, verbose_name="kepala rantai")),
                ("faults", models.PositiveIntegerField(default=0, verbose_name="kesalahan")),
                ("first_fault", models.TextField(blank=True, verbose_name="kesalahan pertama")),
            ],
            options={
                "verbose_name": "pemeriksaan riwayat",
                "verbose_name_plural": "pemeriksaan riwayat",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="historyentry",
            name="stamp",
            field=models.CharField(
                db_default="", default="", editable=False, max_length=64, verbose_name="cap"
            ),
        ),
        migrations.AlterField(
            model_name="historyentry",
            name="body",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="sakip.unit",
                verbose_name="perangkat daerah",
            ),
        ),
        migrations.RunPython(protect, lay_open),
    ]
