"""The index of the review queue says whose queue a row is not in, so that counting reads no row."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("recommendations", "0004_places_of_parts")]

    operations = [
        migrations.RemoveIndex(model_name="renaksi", name="renaksi_queue"),
        migrations.AddIndex(
            model_name="renaksi",
            index=models.Index(
                fields=["status", "sent_order", "id", "body", "lead_unit", "submitted_by"],
                name="renaksi_queue",
            ),
        ),
    ]
