"""Gives each kind of reader and each order of the renaksi list its index."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0018_kept_figures'),
        ('sakip', '0021_submissions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='renaksi',
            index=models.Index(fields=['status', 'due_order', 'latest_first', 'evaluation', 'recommendation_number', 'position', 'component', 'lead_unit'], name='renaksi_due'),
        ),
        migrations.AddIndex(
            model_name='renaksi',
            index=models.Index(fields=['body', 'status', 'due_order', 'latest_first', 'evaluation', 'recommendation_number', 'position', 'component', 'lead_unit'], name='renaksi_body_due'),
        ),
        migrations.AddIndex(
            model_name='renaksi',
            index=models.Index(fields=['lead_unit', 'status', 'due_order', 'latest_first', 'evaluation', 'recommendation_number', 'position', 'component'], name='renaksi_unit_due'),
        ),
        migrations.AddIndex(
            model_name='renaksi',
            index=models.Index(fields=['status', 'latest_first', 'evaluation', 'recommendation_number', 'position'], name='renaksi_document'),
        ),
        migrations.AddIndex(
            model_name='renaksi',
            index=models.Index(fields=['lead_unit', 'status', 'latest_first', 'evaluation', 'recommendation_number', 'position'], name='renaksi_unit_document'),
        ),
        migrations.AddIndex(
            model_name='renaksi',
            index=models.Index(fields=['lead_unit', 'body'], name='renaksi_unit_body'),
        ),
        migrations.AddIndex(
            model_name='renaksi',
            index=models.Index(fields=['component'], name='renaksi_component'),
        ),
    ]
