import django.db.models.deletion
import sakip.uploads.storage
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sakip', '0003_table_settings'),
    ]

    operations = [
        migrations.CreateModel(
            name='PartialUpload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=200, verbose_name='nama berkas')),
                ('size', models.PositiveIntegerField(verbose_name='ukuran')),
                ('modified', models.PositiveBigIntegerField(verbose_name='berkasnya diubah pada')),
                ('received', models.PositiveIntegerField(default=0, verbose_name='diterima')),
                ('touched_at', models.DateTimeField(verbose_name='terakhir diterima pada')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'unggahan yang belum selesai',
                'verbose_name_plural': 'unggahan yang belum selesai',
            },
        ),
        migrations.CreateModel(
            name='UploadPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.PositiveIntegerField(verbose_name='mulai')),
                ('size', models.PositiveIntegerField(verbose_name='ukuran')),
                ('file', models.FileField(max_length=200, upload_to=sakip.uploads.storage.RandomPath('unggahan/%Y'), verbose_name='berkas')),
                ('upload', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='sakip.partialupload')),
            ],
            options={
                'verbose_name': 'potongan unggahan',
                'verbose_name_plural': 'potongan unggahan',
                'ordering': ['start'],
            },
        ),
        migrations.AddConstraint(
            model_name='partialupload',
            constraint=models.UniqueConstraint(fields=('person', 'name', 'size', 'modified'), name='partial_upload_once_per_file'),
        ),
        migrations.AddConstraint(
            model_name='partialupload',
            constraint=models.CheckConstraint(condition=models.Q(('received__lte', models.F('size'))), name='partial_upload_fits'),
        ),
        migrations.AddConstraint(
            model_name='uploadpart',
            constraint=models.UniqueConstraint(fields=('upload', 'start'), name='upload_part_once'),
        ),
    ]
