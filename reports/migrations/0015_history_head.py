from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0014_telaah_staf_saved_at"),
    ]

    operations = [
        migrations.AddField(
            model_name="issuedreport",
            name="history_head",
            field=models.CharField(
                blank=True, default="", max_length=90, verbose_name="kepala rantai riwayat"
            ),
        ),
    ]
