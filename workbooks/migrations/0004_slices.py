"""One row for a few hundred imported records, where each had its own."""

from itertools import groupby

import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models

MOST = 500


def join(apps, schema_editor):
    rows = apps.get_model("workbooks", "ImportedRecord").objects.order_by("run", "pk")
    slices = apps.get_model("workbooks", "ImportedSlice").objects
    for (run, content_type), group in groupby(
        rows.iterator(), lambda row: (row.run_id, row.content_type_id)
    ):
        group = list(group)
        for start in range(0, len(group), MOST):
            some = group[start : start + MOST]
            slices.create(
                run_id=run,
                content_type_id=content_type,
                object_ids=[row.object_id for row in some],
                values=[(row.created, row.before, row.after) for row in some],
            )


def part(apps, schema_editor):
    records = apps.get_model("workbooks", "ImportedRecord")
    for held in apps.get_model("workbooks", "ImportedSlice").objects.order_by("pk").iterator():
        records.objects.bulk_create(
            records(
                run_id=held.run_id,
                content_type_id=held.content_type_id,
                object_id=pk,
                created=created,
                before=before,
                after=after,
            )
            for pk, (created, before, after) in zip(held.object_ids, held.values, strict=True)
        )


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("workbooks", "0003_beat"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportedSlice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("object_ids", models.JSONField()),
                (
                    "values",
                    models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder),
                ),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="slices",
                        to="workbooks.importrun",
                    ),
                ),
            ],
            options={
                "verbose_name": "catatan impor",
                "verbose_name_plural": "catatan impor",
                "ordering": ["pk"],
            },
        ),
        migrations.RunPython(join, part),
        migrations.DeleteModel(name="ImportedRecord"),
    ]
