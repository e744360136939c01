"""The supporting units and the requests for more time of a renaksi repeat its body, so that those of a body are found
by an index. The table of the supporting units becomes a model; its rows stay."""

import django.db.models.deletion
from django.db import migrations, models


def body():
    return models.ForeignKey(
        "sakip.unit",
        django.db.models.deletion.DO_NOTHING,
        null=True,
        editable=False,
        db_constraint=False,
        db_index=False,
        related_name="+",
        verbose_name="perangkat daerah",
    )


def part(to, **options):
    return models.ForeignKey(
        to, django.db.models.deletion.CASCADE, related_name="+", **options
    )


def take_down(apps, schema_editor):
    """SQLite rebuilds no table that a trigger names, and a new installation has just put them up."""
    from recommendations.models import placing

    placing.take_down(schema_editor.connection)


def fill(apps, schema_editor):
    from recommendations.models import placing

    placing.fill(schema_editor.connection, placing.PARTS)
    placing.put_up(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("recommendations", "0003_national_rubrics"),
        ("sakip", "0001_release_1"),
    ]
    operations = [
        migrations.RunPython(take_down, migrations.RunPython.noop),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="SupportingUnit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("renaksi", part("recommendations.renaksi")),
                        ("unit", part("sakip.unit", verbose_name="unit")),
                    ],
                    options={
                        "verbose_name": "unit pendukung",
                        "verbose_name_plural": "unit pendukung",
                        "db_table": "recommendations_renaksi_supporting_units",
                        "unique_together": {("renaksi", "unit")},
                    },
                ),
                migrations.AlterField(
                    "renaksi",
                    "supporting_units",
                    models.ManyToManyField(
                        "sakip.unit",
                        blank=True,
                        related_name="supported_renaksi",
                        through="recommendations.SupportingUnit",
                        through_fields=("renaksi", "unit"),
                        verbose_name="unit pendukung",
                    ),
                ),
            ]
        ),
        migrations.AddField("supportingunit", "body", body()),
        migrations.AddIndex(
            "supportingunit", models.Index(fields=["unit", "body"], name="support_unit_body")
        ),
        migrations.AddField("extensionrequest", "body", body()),
        migrations.AddIndex(
            "extensionrequest", models.Index(fields=["body", "decision"], name="extension_of_body")
        ),
        migrations.RemoveIndex("renaksi", "renaksi_unit_body"),
        migrations.AlterField(
            "renaksi",
            "lead_unit",
            models.ForeignKey(
                "sakip.unit",
                django.db.models.deletion.PROTECT,
                db_index=False,
                related_name="led_renaksi",
                verbose_name="penanggung jawab",
            ),
        ),
        migrations.AddIndex(
            "renaksi",
            models.Index(
                fields=["lead_unit", "body", "evaluation", "person"], name="renaksi_unit_body"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
