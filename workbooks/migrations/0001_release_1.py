"""The tables of release 1.0. It replaces the migrations of the versions before."""

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
import sakip.uploads.storage
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ('workbooks', '0001_initial'),
        ('workbooks', '0002_worddraft'),
        ('workbooks', '0003_beat'),
        ('workbooks', '0004_slices'),
        ('workbooks', '0005_names_of_columns'),
        ('workbooks', '0006_word_reading'),
        ('workbooks', '0007_data_version'),
    ]

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('recommendations', '0001_release_1'),
        ('sakip', '0001_release_1'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='jenis')),
                ('file', models.FileField(max_length=200, upload_to=sakip.uploads.storage.RandomPath('impor/%Y'), verbose_name='berkas')),
                ('preview', models.FileField(blank=True, editable=False, max_length=200, upload_to=sakip.uploads.storage.RandomPath('impor/%Y'))),
                ('original_name', models.CharField(max_length=200, verbose_name='nama berkas')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('state', models.CharField(choices=[('waiting', 'Menunggu dibaca'), ('reading', 'Sedang dibaca'), ('previewed', 'Menunggu konfirmasi'), ('confirmed', 'Menunggu ditulis'), ('writing', 'Sedang ditulis'), ('done', 'Selesai'), ('undone', 'Dibatalkan seluruhnya'), ('cancelled', 'Dibatalkan sebelum ditulis'), ('failed', 'Gagal')], default='waiting', max_length=10, verbose_name='keadaan')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='diunggah pada')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='selesai pada')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='baris diolah')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='jumlah baris')),
                ('summary', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='ringkasan')),
                ('choices', models.JSONField(default=dict, verbose_name='pilihan')),
                ('names', models.JSONField(default=dict, verbose_name='arti lembar dan judul')),
                ('plan_digest', models.CharField(blank=True, max_length=64)),
                ('data_version', models.CharField(blank=True, db_default='', default='', editable=False, max_length=64)),
                ('error', models.TextField(blank=True, verbose_name='kesalahan')),
                ('beat_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='tanda terakhir')),
                ('batch', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='import_runs', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
            ],
            options={
                'verbose_name': 'impor',
                'verbose_name_plural': 'impor',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ImportedSlice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_ids', models.JSONField()),
                ('values', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slices', to='workbooks.importrun')),
            ],
            options={
                'verbose_name': 'catatan impor',
                'verbose_name_plural': 'catatan impor',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='WordDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('keeps_claims', models.BooleanField(default=False, verbose_name='tanda Sudah sebagai pernyataan unit')),
                ('quarter', models.CharField(blank=True, max_length=6, verbose_name='triwulan')),
                ('correction', models.CharField(blank=True, max_length=500, verbose_name='alasan perbaikan nilai')),
                ('is_corrected', models.BooleanField(default=False, editable=False, verbose_name='sudah dikoreksi')),
                ('content', models.JSONField(default=dict, verbose_name='isi')),
                ('default_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sakip.unit', verbose_name='penanggung jawab')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recommendations.evaluation', verbose_name='LHE')),
                ('run', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='draft', to='workbooks.importrun')),
            ],
            options={
                'verbose_name': 'hasil baca Word',
                'verbose_name_plural': 'hasil baca Word',
            },
        ),
        migrations.CreateModel(
            name='WordReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, verbose_name='sidik judul kolom')),
                ('shape', models.JSONField(default=dict, verbose_name='kolom')),
                ('marks', models.JSONField(default=dict, verbose_name='arti tanda')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='ditetapkan pada')),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ditetapkan oleh')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sakip.unit', verbose_name='perangkat daerah')),
            ],
            options={
                'verbose_name': 'cara baca tabel Word',
                'verbose_name_plural': 'cara baca tabel Word',
                'constraints': [models.UniqueConstraint(fields=('unit', 'digest'), name='word_reading_once')],
            },
        ),
    ]
