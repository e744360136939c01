from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sakip', '0002_history_guard'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='table_settings',
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name='tampilan tabel'),
        ),
    ]
