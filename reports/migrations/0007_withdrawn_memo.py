"""Marks a memo as withdrawn when its sealed file was withdrawn, and links memos that replace one another."""

import json
import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

MEMO = "telaah-staf"


def tell_lines_and_withdrawals(apps, schema_editor):
    memos = apps.get_model("reports", "TelaahStaf").objects
    series = {}
    for memo in memos.exclude(replaces=None).order_by("pk").only("replaces"):
        series[memo.pk] = memo.series_id = series.get(memo.replaces_id, memo.replaces_id)
        memo.save(update_fields=["series"])
    states = {}
    for issued in _sealed(apps):
        document = issued.order["document_id"]
        states.setdefault(document, set()).add(issued.status)
        _rewrite(issued, series.get(document, document))
    gone = [pk for pk, found in states.items() if found == {"withdrawn"}]
    memos.filter(pk__in=gone, status="issued").update(status="withdrawn")


def forget(apps, schema_editor):
    apps.get_model("reports", "TelaahStaf").objects.filter(status="withdrawn").update(
        status="issued"
    )
    for issued in _sealed(apps):
        _rewrite(issued, issued.order["document_id"])


def _sealed(apps):
    rows = apps.get_model("reports", "IssuedReport").objects.filter(product=MEMO)
    return rows.only("order", "scope", "status").order_by("pk")


def _rewrite(issued, document):
    """Writes the first memo of the line into the scope."""
    scope = json.dumps(json.loads(issued.scope) | {"document_id": document}, sort_keys=True)
    if scope != issued.scope:
        issued.scope = scope
        issued.save(update_fields=["scope"])


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_issued_report")]

    operations = [
        migrations.RemoveConstraint(
            model_name="telaahstaf", name="telaah_staf_issued_is_complete"
        ),
        migrations.AlterField(
            model_name="telaahstaf",
            name="status",
            field=models.CharField(
                choices=[("draft", "Draf"), ("issued", "Diterbitkan"), ("withdrawn", "Dicabut")],
                default="draft",
                editable=False,
                max_length=9,
                verbose_name="status",
            ),
        ),
        migrations.AddField(
            model_name="telaahstaf",
            name="series",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reports.telaahstaf",
                verbose_name="rangkaian",
            ),
        ),
        migrations.AlterField(
            model_name="issuedreport",
            name="submission",
            field=models.UUIDField(db_index=True, default=uuid.uuid4, verbose_name="kiriman"),
        ),
        migrations.AddConstraint(
            model_name="telaahstaf",
            constraint=models.CheckConstraint(
                condition=Q(
                    status="draft", issued_at__isnull=True, issued_by=None, frozen__isnull=True
                )
                | Q(
                    status__in=["issued", "withdrawn"],
                    issued_at__isnull=False,
                    frozen__isnull=False,
                    date__isnull=False,
                )
                & ~Q(number=""),
                name="telaah_staf_issued_is_complete",
                violation_error_message="Telaah Staf yang diterbitkan mempunyai nomor dan tanggal.",
            ),
        ),
        migrations.RunPython(tell_lines_and_withdrawals, forget),
    ]
