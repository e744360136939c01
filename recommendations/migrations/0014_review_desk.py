import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('recommendations', '0013_national_rubrics'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

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
                    ("late", "Ringkasan yang terlambat"),
                    ("escalated", "Diteruskan kepada pimpinan"),
                    ("extension", "Perpanjangan batas waktu"),
                    ("mentioned", "Disebut dalam komentar"),
                    ("deleted", "Rencana aksi dihapus"),
                    ("reminded", "Diingatkan"),
                ],
                max_length=9,
                verbose_name="jenis",
            ),
        ),
        migrations.CreateModel(
            name="ReviewPresence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="dibuka pada")),
                (
                    "seen_at",
                    models.DateTimeField(db_index=True, verbose_name="terakhir terlihat pada"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "renaksi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="presences",
                        to="recommendations.renaksi",
                    ),
                ),
            ],
            options={
                "verbose_name": "reviu yang sedang dibuka",
                "verbose_name_plural": "reviu yang sedang dibuka",
                "ordering": ["opened_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("renaksi", "person"), name="presence_once_per_person"
                    )
                ],
            },
        ),
    ]
