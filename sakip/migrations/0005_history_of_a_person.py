"""The index by which the history of one person is found act by act (`sakip.history.newest.acts_by`)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("sakip", "0004_partial_uploads"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="historyentry",
            index=models.Index(fields=["actor", "at", "batch"], name="history_actor_acts"),
        ),
    ]
