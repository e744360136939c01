"""An order of sending that is never empty, and the indexes by which the review queue finds its pages."""

import datetime
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


def put_up(apps, schema_editor):
    from recommendations.models import placing

    placing.put_up(schema_editor.connection)


def take_down(apps, schema_editor):
    from recommendations.models import placing

    placing.take_down(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ("recommendations", "0019_renaksi_list_indexes"),
        ('sakip', '0021_submissions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # SQLite rebuilds the table, which it cannot while a trigger elsewhere names it.
        migrations.RunPython(take_down, put_up),
        migrations.AddField(
            model_name='renaksi',
            name='sent_order',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('submitted_at', models.Value(datetime.datetime(1900, 1, 1, 0, 0, tzinfo=datetime.timezone.utc))), output_field=models.DateTimeField(), verbose_name='urutan pengiriman'),
        ),
        migrations.AddIndex(
            model_name='renaksi',
            index=models.Index(fields=['status', 'sent_order', 'id'], name='renaksi_queue'),
        ),
        migrations.AddIndex(
            model_name='renaksi',
            index=models.Index(fields=['evaluation', 'status', 'recommendation_number', 'position'], name='renaksi_of_lhe'),
        ),
        migrations.AddIndex(
            model_name='extensionrequest',
            index=models.Index(fields=['decision', 'requested_at', 'id'], name='extension_waiting'),
        ),
        migrations.AddIndex(
            model_name='reviewdecision',
            index=models.Index(fields=['evaluator', '-decided_at', '-id'], name='decision_own'),
        ),
        migrations.RunPython(put_up, take_down),
    ]
