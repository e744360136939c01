from django.db import migrations, models
from django.db.models.deletion import SET_NULL


class Migration(migrations.Migration):
    dependencies = [
        ("sakip", "0005_versions"),
    ]

    operations = [
        migrations.AddField(
            model_name="historyentry",
            name="body",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=SET_NULL,
                related_name="+",
                to="sakip.unit",
                verbose_name="perangkat daerah",
            ),
        ),
        migrations.AddIndex(
            model_name="historyentry",
            index=models.Index(fields=["body", "id"], name="history_body"),
        ),
    ]
