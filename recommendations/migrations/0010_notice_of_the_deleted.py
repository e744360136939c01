from django.db import migrations, models
from django.db.models import deletion


def forget_notices_of_the_deleted(apps, schema_editor):
    """Deletes notices without a renaksi when the migration is undone: the old column may not be null."""
    apps.get_model("recommendations", "Notice").objects.filter(renaksi=None).delete()


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0009_exact_sums")]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("assigned", "Penugasan"),
                    ("submitted", "Menunggu reviu"),
                    ("returned", "Dikembalikan"),
                    ("accepted", "Diterima"),
                    ("reopened", "Dibuka kembali"),
                    ("due_soon", "Mendekati batas waktu"),
                    ("overdue", "Terlambat"),
                    ("escalated", "Diteruskan kepada pimpinan"),
                    ("extension", "Perpanjangan batas waktu"),
                    ("mentioned", "Disebut dalam komentar"),
                    ("deleted", "Rencana aksi dihapus"),
                ],
                max_length=9,
                verbose_name="jenis",
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="renaksi",
            field=models.ForeignKey(
                null=True,
                on_delete=deletion.CASCADE,
                related_name="notices",
                to="recommendations.renaksi",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, forget_notices_of_the_deleted),
    ]
