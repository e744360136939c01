"""Gives every history entry the body of its record; an entry whose record is gone keeps none."""

from django.db import migrations
from django.db.models import Max, OuterRef, Subquery

CHUNK = 20_000  # keys at a time, each chunk in a transaction of its own

# The values of `history_body` of each model at the time of this migration.
PATHS = {
    ("performance", "Objective"): "unit",
    ("performance", "Indicator"): "objective__unit",
    ("recommendations", "Evaluation"): "unit",
    ("recommendations", "Recommendation"): "evaluation__unit",
    ("recommendations", "Renaksi"): "recommendation__evaluation__unit",
    ("recommendations", "SavedView"): "owner__unit",
    ("reports", "TelaahStaf"): "evaluation__unit",
    ("reports", "IssuedReport"): "unit",
    ("reports", "WordTemplate"): "unit",
}


def fill(apps, schema_editor):
    entries = apps.get_model("sakip", "HistoryEntry")._base_manager
    newest = entries.aggregate(Max("pk"))["pk__max"] or 0
    for (app, name), path in PATHS.items():
        model = apps.get_model(app, name)
        body = model._base_manager.filter(pk=OuterRef("object_id")).order_by().values(path)[:1]
        of_model = entries.filter(
            content_type__app_label=app, content_type__model=name.lower(), body=None
        )
        for start in range(0, newest + 1, CHUNK):
            chunk = of_model.filter(pk__gte=start, pk__lt=start + CHUNK)
            chunk.update(body=Subquery(body))


class Migration(migrations.Migration):
    atomic = False  # after a failure the filled rows stay, and the next run continues

    dependencies = [
        ("sakip", "0006_history_body"),
        ("performance", "0002_relations"),
        ("recommendations", "0003_review_and_notices"),
        ("reports", "0006_issued_report"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
