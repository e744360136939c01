"""Lets each renaksi repeat its place, so that an index can answer the lists."""

import datetime
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
from django.db import migrations, models


def place(apps, schema_editor):
    from recommendations.models import placing

    placing.fill(schema_editor.connection)
    placing.put_up(schema_editor.connection)


def take_down(apps, schema_editor):
    from recommendations.models import placing

    placing.take_down(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0016_original_hash'),
        ('sakip', '0021_submissions'),
    ]

    operations = [
        migrations.AddField(
            model_name='renaksi',
            name='body',
            field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sakip.unit', verbose_name='perangkat daerah'),
        ),
        migrations.AddField(
            model_name='renaksi',
            name='component',
            field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.component', verbose_name='komponen'),
        ),
        migrations.AddField(
            model_name='renaksi',
            name='evaluation',
            field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.evaluation', verbose_name='evaluasi'),
        ),
        migrations.AddField(
            model_name='renaksi',
            name='performance_year',
            field=models.PositiveSmallIntegerField(editable=False, null=True, verbose_name='tahun kinerja'),
        ),
        migrations.AddField(
            model_name='renaksi',
            name='recommendation_number',
            field=models.PositiveSmallIntegerField(editable=False, null=True, verbose_name='nomor rekomendasi'),
        ),
        migrations.AddField(
            model_name='renaksi',
            name='due_order',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('due_date', models.Value(datetime.date(9999, 12, 31))), output_field=models.DateField(), verbose_name='urutan batas waktu'),
        ),
        migrations.AddField(
            model_name='renaksi',
            name='is_closed',
            field=models.GeneratedField(db_persist=True, expression=models.Q(('status__in', ('done', 'not_actionable'))), output_field=models.BooleanField(), verbose_name='selesai'),
        ),
        migrations.AddField(
            model_name='renaksi',
            name='latest_first',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(models.F('performance_year'), '*', models.Value(-1)), output_field=models.IntegerField(), verbose_name='urutan tahun'),
        ),
        migrations.RunPython(place, take_down),
    ]
