"""The tables of release 1.0. It replaces the migrations of the versions before."""

import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.math
import django.db.models.lookups
import django.utils.timezone
import recommendations.models.notice
import sakip.naming
import sakip.uploads.storage
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ('recommendations', '0001_initial'),
        ('recommendations', '0002_relations'),
        ('recommendations', '0003_review_and_notices'),
        ('recommendations', '0005_follow_up_bands'),
        ('recommendations', '0006_person'),
        ('recommendations', '0007_daily_counts'),
        ('recommendations', '0008_versions'),
        ('recommendations', '0009_exact_sums'),
        ('recommendations', '0010_notice_of_the_deleted'),
        ('recommendations', '0011_notices_of_coordinators'),
        ('recommendations', '0012_rubrics_and_revisions'),
        ('recommendations', '0014_review_desk'),
        ('recommendations', '0015_unit_of_saved_views'),
        ('recommendations', '0016_original_hash'),
        ('recommendations', '0018_kept_figures'),
        ('recommendations', '0019_renaksi_list_indexes'),
        ('recommendations', '0023_weekly_summary'),
        ('recommendations', '0024_notice_webhook'),
    ]

    dependencies = [
        ('sakip', '0001_release_1'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Component',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='kode')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='nama')),
                ('aliases', models.TextField(blank=True, verbose_name='ejaan lain')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='urutan')),
            ],
            options={
                'verbose_name': 'komponen',
                'verbose_name_plural': 'komponen',
                'ordering': ['position', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='versi')),
                ('performance_year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000, 'Tahun paling awal adalah 2000.'), django.core.validators.MaxValueValidator(2100, 'Tahun paling akhir adalah 2100.')], verbose_name='tahun kinerja')),
                ('evaluation_year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000, 'Tahun paling awal adalah 2000.'), django.core.validators.MaxValueValidator(2100, 'Tahun paling akhir adalah 2100.')], verbose_name='tahun evaluasi')),
                ('letter_number', models.CharField(blank=True, max_length=80, verbose_name='nomor LHE')),
                ('letter_date', models.DateField(blank=True, null=True, verbose_name='tanggal LHE')),
                ('subject', models.CharField(blank=True, max_length=300, verbose_name='perihal')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='sumber data nilai')),
                ('reported_total', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0, 'Nilai tidak boleh negatif.'), django.core.validators.MaxValueValidator(100, 'Nilai tidak boleh lebih dari 100.')], verbose_name='nilai tercetak dalam LHE')),
                ('reported_grade', models.CharField(blank=True, max_length=2, verbose_name='predikat tercetak dalam LHE')),
                ('reported_change', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='perubahan nilai tercetak')),
                ('last_number', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='sakip.unit', verbose_name='perangkat daerah')),
            ],
            options={
                'verbose_name': 'evaluasi',
                'verbose_name_plural': 'evaluasi',
                'ordering': ['-performance_year', 'unit__name'],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='urutan')),
                ('kind', models.CharField(choices=[('file', 'Berkas'), ('link', 'Tautan'), ('separate', 'Dokumen terpisah')], max_length=8, verbose_name='jenis')),
                ('title', models.CharField(max_length=200, verbose_name='judul')),
                ('caption', models.CharField(blank=True, max_length=300, verbose_name='keterangan')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='alamat tautan')),
                ('document_number', models.CharField(blank=True, max_length=120, verbose_name='nomor dokumen')),
                ('document_date', models.DateField(blank=True, null=True, verbose_name='tanggal dokumen')),
                ('page_hint', models.CharField(blank=True, help_text='Misalnya: hlm. 3–5', max_length=60, verbose_name='halaman')),
                ('is_archived', models.BooleanField(default=False, editable=False, verbose_name='diarsipkan')),
            ],
            options={
                'verbose_name': 'bukti dukung',
                'verbose_name_plural': 'bukti dukung',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='isi catatan')),
            ],
            options={
                'verbose_name': 'catatan',
                'verbose_name_plural': 'catatan',
            },
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='versi')),
                ('number', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='nomor')),
                ('heading', models.CharField(blank=True, max_length=120, verbose_name='judul')),
                ('criterion_code', models.CharField(blank=True, help_text='Misalnya 2.3.2', max_length=20, verbose_name='kode kriteria LKE')),
                ('text', models.TextField(verbose_name='isi rekomendasi')),
                ('follow_up_lead', models.TextField(blank=True, verbose_name='kalimat pembuka tindak lanjut')),
                ('component', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recommendations.component', verbose_name='komponen')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='recommendations.evaluation', verbose_name='evaluasi')),
                ('previous', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='repeated_by', to='recommendations.recommendation', verbose_name='rekomendasi tahun lalu')),
            ],
            options={
                'verbose_name': 'rekomendasi',
                'verbose_name_plural': 'rekomendasi',
                'ordering': ['evaluation', 'number'],
            },
            bases=(sakip.naming.PlacedName, models.Model),
        ),
        migrations.CreateModel(
            name='Renaksi',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='versi')),
                ('performance_year', models.PositiveSmallIntegerField(editable=False, null=True, verbose_name='tahun kinerja')),
                ('recommendation_number', models.PositiveSmallIntegerField(editable=False, null=True, verbose_name='nomor rekomendasi')),
                ('is_closed', models.GeneratedField(db_persist=True, expression=models.Q(('status__in', ('done', 'not_actionable'))), output_field=models.BooleanField(), verbose_name='selesai')),
                ('due_order', models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('due_date', models.Value(datetime.date(9999, 12, 31))), output_field=models.DateField(), verbose_name='urutan batas waktu')),
                ('latest_first', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(models.F('performance_year'), '*', models.Value(-1)), output_field=models.IntegerField(), verbose_name='urutan tahun')),
                ('sent_order', models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('submitted_at', models.Value(datetime.datetime(1900, 1, 1, 0, 0, tzinfo=datetime.timezone.utc))), output_field=models.DateTimeField(), verbose_name='urutan pengiriman')),
                ('position', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='urutan')),
                ('plan', models.TextField(blank=True, verbose_name='rencana aksi')),
                ('follow_up', models.TextField(blank=True, verbose_name='tindak lanjut')),
                ('due_date', models.DateField(blank=True, null=True, verbose_name='batas waktu')),
                ('status', models.CharField(choices=[('open', 'Belum'), ('in_progress', 'Dalam proses'), ('submitted', 'Menunggu reviu'), ('returned', 'Dikembalikan'), ('done', 'Tuntas'), ('not_actionable', 'Tidak dapat ditindaklanjuti')], default='open', editable=False, max_length=14, verbose_name='status')),
                ('not_actionable_reason', models.TextField(blank=True, verbose_name='alasan tidak dapat ditindaklanjuti')),
                ('submitted_at', models.DateTimeField(editable=False, null=True, verbose_name='dikirim pada')),
                ('closed_at', models.DateTimeField(editable=False, null=True, verbose_name='selesai pada')),
                ('body', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sakip.unit', verbose_name='perangkat daerah')),
                ('component', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.component', verbose_name='komponen')),
                ('evaluation', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='recommendations.evaluation', verbose_name='evaluasi')),
                ('lead_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='led_renaksi', to='sakip.unit', verbose_name='penanggung jawab')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entrusted_renaksi', to=settings.AUTH_USER_MODEL, verbose_name='petugas')),
            ],
            options={
                'verbose_name': 'rencana aksi',
                'verbose_name_plural': 'rencana aksi',
                'ordering': ['recommendation__number', 'position'],
            },
            bases=(sakip.naming.PlacedName, models.Model),
        ),
        migrations.CreateModel(
            name='CountedEvaluation',
            fields=[
                ('evaluation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='counted', serialize=False, to='recommendations.evaluation', verbose_name='evaluasi')),
                ('counted_on', models.DateField(verbose_name='dihitung untuk tanggal')),
                ('holds_until', models.DateField(null=True, verbose_name='berlaku sampai sebelum')),
                ('repeated', models.PositiveIntegerField(default=0, verbose_name='rekomendasi berulang')),
            ],
            options={
                'verbose_name': 'LHE yang sudah dihitung',
                'verbose_name_plural': 'LHE yang sudah dihitung',
            },
        ),
        migrations.CreateModel(
            name='EvaluationLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='berkas ke-')),
                ('file', models.FileField(max_length=200, upload_to=sakip.uploads.storage.RandomPath('lhe/%Y'), verbose_name='berkas')),
                ('original_name', models.CharField(max_length=200, verbose_name='nama berkas')),
                ('content_type', models.CharField(max_length=100, verbose_name='jenis isi')),
                ('size', models.PositiveBigIntegerField(verbose_name='ukuran (bita)')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('original_sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='SHA-256 berkas semula')),
                ('uploaded_at', models.DateTimeField(verbose_name='diunggah pada')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='recommendations.evaluation')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diunggah oleh')),
            ],
            options={
                'verbose_name': 'berkas surat LHE',
                'verbose_name_plural': 'berkas surat LHE',
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='EvaluationRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='versi')),
                ('letter_number', models.CharField(blank=True, max_length=80, verbose_name='nomor LHE')),
                ('letter_date', models.DateField(blank=True, null=True, verbose_name='tanggal LHE')),
                ('content', models.JSONField(verbose_name='isi')),
                ('reason', models.TextField(verbose_name='alasan revisi')),
                ('replaced_at', models.DateTimeField(verbose_name='direvisi pada')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='recommendations.evaluation')),
                ('letter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recommendations.evaluationletter')),
                ('replaced_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='direvisi oleh')),
            ],
            options={
                'verbose_name': 'versi lama LHE',
                'verbose_name_plural': 'versi lama LHE',
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='EvidenceRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='revisi')),
                ('file', models.FileField(max_length=200, upload_to=sakip.uploads.storage.RandomPath('bukti/%Y'), verbose_name='berkas')),
                ('original_name', models.CharField(max_length=200, verbose_name='nama berkas')),
                ('content_type', models.CharField(max_length=100, verbose_name='jenis isi')),
                ('size', models.PositiveBigIntegerField(verbose_name='ukuran (bita)')),
                ('sha256', models.CharField(db_index=True, max_length=64, verbose_name='SHA-256')),
                ('original_sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='SHA-256 berkas semula')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='diunggah pada')),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='recommendations.evidence')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diunggah oleh')),
            ],
            options={
                'verbose_name': 'revisi bukti',
                'verbose_name_plural': 'revisi bukti',
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='FollowUpCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('open', models.PositiveIntegerField(verbose_name='belum')),
                ('in_progress', models.PositiveIntegerField(verbose_name='dalam proses')),
                ('submitted', models.PositiveIntegerField(verbose_name='menunggu reviu')),
                ('returned', models.PositiveIntegerField(verbose_name='dikembalikan')),
                ('done', models.PositiveIntegerField(verbose_name='tuntas')),
                ('not_actionable', models.PositiveIntegerField(verbose_name='tidak dapat ditindaklanjuti')),
                ('late_30', models.PositiveIntegerField(verbose_name='lewat sampai 30 hari')),
                ('late_60', models.PositiveIntegerField(verbose_name='lewat 31–60 hari')),
                ('late_90', models.PositiveIntegerField(verbose_name='lewat 61–90 hari')),
                ('late_more', models.PositiveIntegerField(verbose_name='lewat lebih dari 90 hari')),
                ('oldest_due', models.DateField(null=True, verbose_name='batas waktu terlama yang lewat')),
                ('oldest_sent', models.DateTimeField(null=True, verbose_name='kiriman terlama yang menunggu')),
                ('closed', models.PositiveIntegerField(verbose_name='ditutup')),
                ('closed_seconds', models.BigIntegerField(verbose_name='jumlah waktu penutupan (detik)')),
                ('reviewed', models.PositiveIntegerField(verbose_name='ditutup setelah dikirim')),
                ('review_seconds', models.BigIntegerField(verbose_name='jumlah lama reviu (detik)')),
                ('returns', models.PositiveIntegerField(verbose_name='pengembalian')),
                ('returned_items', models.PositiveIntegerField(verbose_name='pernah dikembalikan')),
                ('extensions', models.PositiveIntegerField(verbose_name='permintaan perpanjangan')),
                ('component', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='recommendations.component', verbose_name='komponen')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follow_up_counts', to='recommendations.evaluation', verbose_name='evaluasi')),
                ('lead_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sakip.unit', verbose_name='penanggung jawab')),
            ],
            options={
                'verbose_name': 'hitungan tindak lanjut',
                'verbose_name_plural': 'hitungan tindak lanjut',
            },
        ),
        migrations.CreateModel(
            name='NotePhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='urutan')),
                ('caption', models.CharField(max_length=300, verbose_name='keterangan gambar')),
                ('image', models.ImageField(blank=True, upload_to='catatan/', verbose_name='gambar')),
                ('original_sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='SHA-256 berkas semula')),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='recommendations.note')),
            ],
            options={
                'verbose_name': 'gambar catatan',
                'verbose_name_plural': 'gambar catatan',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='NoticeChoices',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unwanted', models.JSONField(blank=True, default=list, verbose_name='jenis yang tidak dikirim')),
                ('wants_weekly', models.BooleanField(default=False, verbose_name='ringkasan setiap Senin')),
                ('weekly_sent_on', models.DateField(blank=True, editable=False, null=True, verbose_name='ringkasan terakhir dikirim')),
                ('calendar_key', models.CharField(default=recommendations.models.notice.new_calendar_key, max_length=60, unique=True)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='notice_choices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'pilihan pemberitahuan',
                'verbose_name_plural': 'pilihan pemberitahuan',
            },
        ),
        migrations.CreateModel(
            name='QuarterClosing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='tahun')),
                ('quarter', models.PositiveSmallIntegerField(verbose_name='triwulan')),
                ('closed_at', models.DateTimeField(verbose_name='ditutup pada')),
                ('closed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ditutup oleh')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sakip.unit', verbose_name='perangkat daerah')),
            ],
            options={
                'verbose_name': 'triwulan yang ditutup',
                'verbose_name_plural': 'triwulan yang ditutup',
                'ordering': ['-year', '-quarter'],
            },
        ),
        migrations.CreateModel(
            name='RecommendationWords',
            fields=[
                ('recommendation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_words', serialize=False, to='recommendations.recommendation')),
                ('text', models.TextField()),
            ],
            options={
                'verbose_name': 'kata-kata rekomendasi',
                'verbose_name_plural': 'kata-kata rekomendasi',
            },
        ),
        migrations.AddField(
            model_name='note',
            name='recommendation',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='note', to='recommendations.recommendation'),
        ),
        migrations.CreateModel(
            name='RecommendationPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='urutan')),
                ('text', models.TextField(verbose_name='isi butir')),
                ('recommendation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='points', to='recommendations.recommendation')),
            ],
            options={
                'verbose_name': 'butir rekomendasi',
                'verbose_name_plural': 'butir rekomendasi',
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='SearchDocument',
            fields=[
                ('renaksi', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_document', serialize=False, to='recommendations.renaksi')),
                ('text', models.TextField()),
            ],
            options={
                'verbose_name': 'dokumen pencarian',
                'verbose_name_plural': 'dokumen pencarian',
            },
        ),
        migrations.AddField(
            model_name='renaksi',
            name='point',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renaksi', to='recommendations.recommendationpoint', verbose_name='menjawab butir'),
        ),
        migrations.AddField(
            model_name='renaksi',
            name='recommendation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='renaksi', to='recommendations.recommendation', verbose_name='rekomendasi'),
        ),
        migrations.AddField(
            model_name='renaksi',
            name='submitted_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dikirim oleh'),
        ),
        migrations.AddField(
            model_name='renaksi',
            name='supporting_units',
            field=models.ManyToManyField(blank=True, related_name='supported_renaksi', to='sakip.unit', verbose_name='unit pendukung'),
        ),
        migrations.CreateModel(
            name='QuarterlyReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='tahun')),
                ('quarter', models.PositiveSmallIntegerField(choices=[(1, 'Triwulan I'), (2, 'Triwulan II'), (3, 'Triwulan III'), (4, 'Triwulan IV')], verbose_name='triwulan')),
                ('progress', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(100, 'Kemajuan paling besar 100 persen.')], verbose_name='kemajuan (%)')),
                ('supporting_factors', models.TextField(blank=True, verbose_name='faktor pendukung')),
                ('hindering_factors', models.TextField(blank=True, verbose_name='faktor penghambat')),
                ('problems', models.TextField(blank=True, verbose_name='permasalahan')),
                ('solutions', models.TextField(blank=True, verbose_name='solusi')),
                ('efforts', models.TextField(blank=True, verbose_name='upaya')),
                ('budget_adjustment', models.TextField(blank=True, verbose_name='usulan penyesuaian anggaran')),
                ('is_closed', models.BooleanField(default=False, editable=False, verbose_name='ditutup')),
                ('renaksi', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quarterly_reports', to='recommendations.renaksi')),
            ],
            options={
                'verbose_name': 'laporan triwulan',
                'verbose_name_plural': 'laporan triwulan',
                'ordering': ['year', 'quarter'],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('assigned', 'Penugasan'), ('submitted', 'Menunggu reviu'), ('returned', 'Dikembalikan'), ('accepted', 'Diterima'), ('reopened', 'Dibuka kembali'), ('due_soon', 'Mendekati batas waktu'), ('overdue', 'Terlambat'), ('late', 'Ringkasan yang terlambat'), ('escalated', 'Diteruskan kepada pimpinan'), ('extension', 'Perpanjangan batas waktu'), ('mentioned', 'Disebut dalam komentar'), ('deleted', 'Rencana aksi dihapus'), ('reminded', 'Diingatkan'), ('webhook', 'Webhook gagal')], max_length=9, verbose_name='jenis')),
                ('text', models.CharField(max_length=300, verbose_name='isi')),
                ('key', models.CharField(max_length=120)),
                ('created_at', models.DateTimeField(verbose_name='dibuat pada')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='dibaca pada')),
                ('mailed_at', models.DateTimeField(blank=True, null=True, verbose_name='dikirim pada')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL)),
                ('renaksi', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='recommendations.renaksi')),
            ],
            options={
                'verbose_name': 'pemberitahuan',
                'verbose_name_plural': 'pemberitahuan',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ExtensionRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('old_date', models.DateField(blank=True, null=True, verbose_name='batas waktu semula')),
                ('new_date', models.DateField(verbose_name='batas waktu yang diminta')),
                ('reason', models.TextField(verbose_name='alasan')),
                ('requested_at', models.DateTimeField(verbose_name='diminta pada')),
                ('decision', models.CharField(choices=[('pending', 'Menunggu keputusan'), ('granted', 'Disetujui'), ('refused', 'Ditolak'), ('ended', 'Berakhir karena tindak lanjut dikirim')], default='pending', max_length=8, verbose_name='keputusan')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='diputuskan pada')),
                ('note', models.TextField(blank=True, verbose_name='catatan keputusan')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diputuskan oleh')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diminta oleh')),
                ('renaksi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='recommendations.renaksi')),
            ],
            options={
                'verbose_name': 'permintaan perpanjangan',
                'verbose_name_plural': 'permintaan perpanjangan',
                'ordering': ['-requested_at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='evidence',
            name='renaksi',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='recommendations.renaksi'),
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.JSONField(default=dict, verbose_name='isi')),
                ('base_version', models.PositiveIntegerField(default=0)),
                ('saved_at', models.DateTimeField(verbose_name='disimpan pada')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('renaksi', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='recommendations.renaksi')),
            ],
            options={
                'verbose_name': 'draf',
                'verbose_name_plural': 'draf',
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=2000, verbose_name='komentar')),
                ('written_at', models.DateTimeField(verbose_name='ditulis pada')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='penulis')),
                ('mentioned', models.ManyToManyField(blank=True, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('renaksi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='recommendations.renaksi')),
            ],
            options={
                'verbose_name': 'komentar',
                'verbose_name_plural': 'komentar',
                'ordering': ['written_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ReviewDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decided_at', models.DateTimeField(verbose_name='diputuskan pada')),
                ('outcome', models.CharField(choices=[('accepted', 'Diterima'), ('returned', 'Dikembalikan')], max_length=8, verbose_name='putusan')),
                ('reason', models.CharField(blank=True, choices=[('irrelevant', 'Bukti tidak relevan'), ('unsigned', 'Belum ditandatangani'), ('wrong_period', 'Periode salah'), ('unreadable', 'Tidak terbaca'), ('incomplete', 'Belum lengkap'), ('off_topic', 'Uraian tidak menjawab'), ('other', 'Lainnya')], max_length=12, verbose_name='alasan')),
                ('note', models.TextField(blank=True, verbose_name='catatan')),
                ('evaluator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='evaluator')),
                ('renaksi', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='recommendations.renaksi')),
            ],
            options={
                'verbose_name': 'putusan reviu',
                'verbose_name_plural': 'putusan reviu',
                'ordering': ['-decided_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ReviewPresence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_at', models.DateTimeField(verbose_name='dibuka pada')),
                ('seen_at', models.DateTimeField(db_index=True, verbose_name='terakhir terlihat pada')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('renaksi', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presences', to='recommendations.renaksi')),
            ],
            options={
                'verbose_name': 'reviu yang sedang dibuka',
                'verbose_name_plural': 'reviu yang sedang dibuka',
                'ordering': ['opened_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Rubric',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='versi')),
                ('name', models.CharField(max_length=120, verbose_name='nama')),
                ('edition', models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='versi rubrik')),
                ('regulation', models.CharField(max_length=300, verbose_name='dasar hukum')),
                ('is_estimate', models.BooleanField(default=False, verbose_name='perkiraan, perlu konfirmasi')),
                ('is_active', models.BooleanField(default=True, verbose_name='aktif')),
                ('existence_share', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='bagian keberadaan (%)')),
                ('quality_share', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='bagian kualitas (%)')),
                ('use_share', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='bagian pemanfaatan (%)')),
                ('follow_up_weight', models.DecimalField(blank=True, decimal_places=2, help_text='Poin paling banyak menurut LKE. Kosongkan bila tidak diketahui.', max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0, 'Nilai tidak boleh negatif.'), django.core.validators.MaxValueValidator(100, 'Nilai tidak boleh lebih dari 100.')], verbose_name='poin kriteria “rekomendasi ditindaklanjuti”')),
                ('existence_label', models.CharField(default='Keberadaan', help_text='Keberadaan atau Pemenuhan', max_length=40, verbose_name='sebutan bagian pertama')),
                ('replaces', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='recommendations.rubric', verbose_name='menggantikan')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rubrics', to='sakip.unit', verbose_name='pemilik')),
            ],
            options={
                'verbose_name': 'rubrik',
                'verbose_name_plural': 'rubrik',
                'ordering': ['name', 'edition'],
            },
        ),
        migrations.CreateModel(
            name='FollowUpBand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=4, verbose_name='jawaban')),
                ('above', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0, 'Nilai tidak boleh negatif.'), django.core.validators.MaxValueValidator(100, 'Nilai tidak boleh lebih dari 100.')], verbose_name='di atas (%)')),
                ('share', models.DecimalField(decimal_places=2, max_digits=5, validators=[django.core.validators.MinValueValidator(0, 'Nilai tidak boleh negatif.'), django.core.validators.MaxValueValidator(100, 'Nilai tidak boleh lebih dari 100.')], verbose_name='nilai (% dari poin)')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='urutan')),
                ('rubric', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follow_up_bands', to='recommendations.rubric')),
            ],
            options={
                'verbose_name': 'pita kriteria tindak lanjut',
                'verbose_name_plural': 'pita kriteria tindak lanjut',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='evaluation',
            name='rubric',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='recommendations.rubric', verbose_name='rubrik'),
        ),
        migrations.CreateModel(
            name='RubricWeight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weight', models.DecimalField(decimal_places=2, max_digits=5, validators=[django.core.validators.MinValueValidator(0, 'Bobot tidak boleh negatif.'), django.core.validators.MaxValueValidator(100, 'Nilai tidak boleh lebih dari 100.')], verbose_name='bobot')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='urutan')),
                ('component', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recommendations.component', verbose_name='komponen')),
                ('rubric', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='weights', to='recommendations.rubric')),
            ],
            options={
                'verbose_name': 'bobot komponen',
                'verbose_name_plural': 'bobot komponen',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='nama')),
                ('query', models.CharField(max_length=500, verbose_name='saringan')),
                ('is_shared', models.BooleanField(default=False, verbose_name='dibagikan kepada unit saya')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sakip.unit', verbose_name='unit kerja')),
            ],
            options={
                'verbose_name': 'tampilan tersimpan',
                'verbose_name_plural': 'tampilan tersimpan',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='urutan')),
                ('text', models.TextField(verbose_name='langkah')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='selesai tanggal')),
                ('renaksi', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='recommendations.renaksi')),
            ],
            options={
                'verbose_name': 'langkah',
                'verbose_name_plural': 'langkah',
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='ComponentScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.DecimalField(decimal_places=2, max_digits=5, validators=[django.core.validators.MinValueValidator(0, 'Nilai tidak boleh negatif.')], verbose_name='nilai')),
                ('existence_score', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0, 'Nilai tidak boleh negatif.')], verbose_name='nilai keberadaan')),
                ('quality_score', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0, 'Nilai tidak boleh negatif.')], verbose_name='nilai kualitas')),
                ('use_score', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0, 'Nilai tidak boleh negatif.')], verbose_name='nilai pemanfaatan')),
                ('reported_change', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='perubahan tercetak')),
                ('remark', models.TextField(blank=True, verbose_name='catatan evaluator')),
                ('component', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recommendations.component', verbose_name='komponen')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='recommendations.evaluation')),
            ],
            options={
                'verbose_name': 'nilai komponen',
                'verbose_name_plural': 'nilai komponen',
                'ordering': ['component__position'],
                'constraints': [models.UniqueConstraint(fields=('evaluation', 'component'), name='score_once_per_component', violation_error_message='Nilai komponen ini sudah ada.'), models.CheckConstraint(condition=models.Q(('score__gte', 0), ('score__lte', 100)), name='score_within_100', violation_error_message='Nilai harus antara 0 dan 100.'), models.CheckConstraint(condition=models.Q(models.Q(('existence_score__isnull', True), ('quality_score__isnull', True), ('use_score__isnull', True)), models.Q(('existence_score__isnull', False), ('quality_score__isnull', False), ('use_score__isnull', False), django.db.models.lookups.Exact(django.db.models.functions.math.Round(django.db.models.expressions.CombinedExpression(models.F('score'), '*', models.Value(100))), django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.functions.math.Round(django.db.models.expressions.CombinedExpression(models.F('existence_score'), '*', models.Value(100))), '+', django.db.models.functions.math.Round(django.db.models.expressions.CombinedExpression(models.F('quality_score'), '*', models.Value(100)))), '+', django.db.models.functions.math.Round(django.db.models.expressions.CombinedExpression(models.F('use_score'), '*', models.Value(100)))))), _connector='OR'), name='score_is_sum_of_parts', violation_error_message='Nilai komponen harus sama dengan jumlah ketiga bagiannya.')],
            },
        ),
        migrations.CreateModel(
            name='DailyCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='tanggal')),
                ('countable', models.PositiveIntegerField(verbose_name='dapat ditindaklanjuti')),
                ('claimed', models.PositiveIntegerField(verbose_name='sudah menurut unit')),
                ('verified', models.PositiveIntegerField(verbose_name='sudah diverifikasi')),
                ('overdue', models.PositiveIntegerField(null=True, verbose_name='terlambat')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='daily_counts', to='recommendations.evaluation', verbose_name='evaluasi')),
                ('lead_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sakip.unit', verbose_name='penanggung jawab')),
            ],
            options={
                'verbose_name': 'hitungan harian',
                'verbose_name_plural': 'hitungan harian',
                'ordering': ['day', 'evaluation', 'lead_unit'],
                'constraints': [models.UniqueConstraint(fields=('evaluation', 'day', 'lead_unit'), name='daily_count_once')],
            },
        ),
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='hari')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='dikirim pada')),
                ('notices', models.PositiveIntegerField(default=0, verbose_name='banyak pemberitahuan')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'ringkasan surel',
                'verbose_name_plural': 'ringkasan surel',
                'ordering': ['-day'],
                'constraints': [models.UniqueConstraint(fields=('person', 'day'), name='digest_once_a_day')],
            },
        ),
        migrations.AddConstraint(
            model_name='evaluationletter',
            constraint=models.UniqueConstraint(fields=('evaluation', 'number'), name='evaluation_letter_once'),
        ),
        migrations.AddConstraint(
            model_name='evaluationrevision',
            constraint=models.UniqueConstraint(fields=('evaluation', 'number'), name='evaluation_revision_once'),
        ),
        migrations.AddConstraint(
            model_name='evidencerevision',
            constraint=models.UniqueConstraint(fields=('evidence', 'number'), name='evidence_revision_once'),
        ),
        migrations.AddConstraint(
            model_name='quarterclosing',
            constraint=models.UniqueConstraint(fields=('unit', 'year', 'quarter'), name='quarter_closed_once', violation_error_message='Triwulan ini sudah ditutup.'),
        ),
        migrations.AddConstraint(
            model_name='quarterclosing',
            constraint=models.CheckConstraint(condition=models.Q(('quarter__gte', 1), ('quarter__lte', 4)), name='quarter_closing_known'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=models.UniqueConstraint(fields=('evaluation', 'number'), name='recommendation_number_once', violation_error_message='Nomor rekomendasi ini sudah dipakai dalam LHE yang sama.'),
        ),
        migrations.AddConstraint(
            model_name='recommendationpoint',
            constraint=models.UniqueConstraint(fields=('recommendation', 'position'), name='point_position_once'),
        ),
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
        migrations.AddIndex(
            model_name='renaksi',
            index=models.Index(fields=['status', 'sent_order', 'id'], name='renaksi_queue'),
        ),
        migrations.AddIndex(
            model_name='renaksi',
            index=models.Index(fields=['evaluation', 'status', 'recommendation_number', 'position'], name='renaksi_of_lhe'),
        ),
        migrations.AddIndex(
            model_name='renaksi',
            index=models.Index(fields=['status', 'due_date'], name='renaksi_status_due'),
        ),
        migrations.AddIndex(
            model_name='renaksi',
            index=models.Index(fields=['lead_unit', 'status'], name='renaksi_unit_status'),
        ),
        migrations.AddIndex(
            model_name='renaksi',
            index=models.Index(condition=models.Q(('status__in', ('open', 'in_progress', 'returned'))), fields=['evaluation', 'due_date', 'id'], name='renaksi_evaluation_due'),
        ),
        migrations.AddConstraint(
            model_name='renaksi',
            constraint=models.UniqueConstraint(fields=('recommendation', 'position'), name='renaksi_position_once'),
        ),
        migrations.AddConstraint(
            model_name='renaksi',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['open', 'in_progress', 'submitted', 'returned', 'done', 'not_actionable'])), name='renaksi_status_known'),
        ),
        migrations.AddConstraint(
            model_name='renaksi',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'not_actionable'), _negated=True), models.Q(('not_actionable_reason', ''), _negated=True), _connector='OR'), name='renaksi_not_actionable_has_reason', violation_error_message='Tulis alasan mengapa tidak dapat ditindaklanjuti.'),
        ),
        migrations.AddConstraint(
            model_name='quarterlyreport',
            constraint=models.UniqueConstraint(fields=('renaksi', 'year', 'quarter'), name='quarterly_report_once', violation_error_message='Laporan triwulan ini sudah ada.'),
        ),
        migrations.AddConstraint(
            model_name='quarterlyreport',
            constraint=models.CheckConstraint(condition=models.Q(('quarter__gte', 1), ('quarter__lte', 4)), name='quarterly_report_quarter_known'),
        ),
        migrations.AddConstraint(
            model_name='quarterlyreport',
            constraint=models.CheckConstraint(condition=models.Q(('progress__lte', 100)), name='quarterly_report_progress_within_100', violation_error_message='Kemajuan harus antara 0 dan 100 persen.'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('read_at', None)), fields=['person', '-created_at'], name='notice_unread'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('mailed_at', None)), fields=['person'], name='notice_unmailed'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('person', 'key'), name='notice_told_once'),
        ),
        migrations.AddIndex(
            model_name='extensionrequest',
            index=models.Index(fields=['decision', 'requested_at', 'id'], name='extension_waiting'),
        ),
        migrations.AddConstraint(
            model_name='extensionrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('decision', 'pending')), fields=('renaksi',), name='extension_one_pending', violation_error_message='Masih ada permintaan perpanjangan yang menunggu keputusan.'),
        ),
        migrations.AddConstraint(
            model_name='extensionrequest',
            constraint=models.CheckConstraint(condition=models.Q(('old_date__isnull', True), ('new_date__gt', models.F('old_date')), _connector='OR'), name='extension_is_later', violation_error_message='Tanggal yang diminta harus sesudah batas waktu sekarang.'),
        ),
        migrations.AddConstraint(
            model_name='extensionrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'refused'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='extension_refused_with_note', violation_error_message='Tulis catatan mengapa permintaan ditolak.'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'link'), models.Q(('url', ''), _negated=True)), models.Q(('kind__in', ['file', 'separate']), ('url', '')), _connector='OR'), name='evidence_url_for_links_only', violation_error_message='Isi alamat untuk bukti berupa tautan; kosongkan untuk jenis lain.'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.UniqueConstraint(fields=('renaksi', 'author'), name='draft_once_per_author'),
        ),
        migrations.AddIndex(
            model_name='reviewdecision',
            index=models.Index(fields=['evaluator', '-decided_at', '-id'], name='decision_own'),
        ),
        migrations.AddConstraint(
            model_name='reviewdecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'accepted'), ('reason', '')), models.Q(('outcome', 'returned'), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='review_return_has_reason', violation_error_message='Pilih alasan pengembalian.'),
        ),
        migrations.AddConstraint(
            model_name='reviewpresence',
            constraint=models.UniqueConstraint(fields=('renaksi', 'person'), name='presence_once_per_person'),
        ),
        migrations.AddConstraint(
            model_name='rubric',
            constraint=models.UniqueConstraint(fields=('unit', 'name', 'edition'), name='rubric_name_once_per_owner', violation_error_message='Pemilik ini sudah mempunyai rubrik dengan nama yang sama. Tulis nama lain.'),
        ),
        migrations.AddConstraint(
            model_name='rubric',
            constraint=models.UniqueConstraint(condition=models.Q(('unit', None)), fields=('name', 'edition'), name='rubric_name_once_shared', violation_error_message='Pemilik ini sudah mempunyai rubrik dengan nama yang sama. Tulis nama lain.'),
        ),
        migrations.AddConstraint(
            model_name='rubric',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('existence_share__isnull', True), ('quality_share__isnull', True), ('use_share__isnull', True)), models.Q(('existence_share__isnull', False), ('quality_share__isnull', False), ('use_share__isnull', False), ('existence_share', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.Value(100), '-', models.F('quality_share')), '-', models.F('use_share')))), _connector='OR'), name='rubric_shares_sum_to_100', violation_error_message='Bagian keberadaan, kualitas, dan pemanfaatan harus berjumlah 100, atau kosong semua.'),
        ),
        migrations.AddConstraint(
            model_name='followupband',
            constraint=models.UniqueConstraint(fields=('rubric', 'label'), name='follow_up_band_once_per_label', violation_error_message='Jawaban ini sudah ada dalam rubrik.'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.UniqueConstraint(fields=('unit', 'performance_year'), name='evaluation_once_per_year', violation_error_message='LHE perangkat daerah ini untuk tahun kinerja tersebut sudah ada.'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.CheckConstraint(condition=models.Q(('evaluation_year__gte', models.F('performance_year'))), name='evaluation_after_performance', violation_error_message='Tahun evaluasi tidak boleh mendahului tahun kinerja.'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.CheckConstraint(condition=models.Q(('reported_grade__in', ['', 'AA', 'A', 'BB', 'B', 'CC', 'C', 'D'])), name='evaluation_reported_grade_known', violation_error_message='Predikat adalah AA, A, BB, B, CC, C, atau D.'),
        ),
        migrations.AddConstraint(
            model_name='rubricweight',
            constraint=models.UniqueConstraint(fields=('rubric', 'component'), name='rubric_weight_once_per_component', violation_error_message='Komponen ini sudah ada dalam rubrik.'),
        ),
        migrations.AddConstraint(
            model_name='rubricweight',
            constraint=models.CheckConstraint(condition=models.Q(('weight__gt', 0), ('weight__lte', 100)), name='rubric_weight_within_100', violation_error_message='Bobot harus lebih dari 0 dan paling besar 100.'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(fields=('owner', 'name'), name='saved_view_name_once', violation_error_message='Anda sudah mempunyai tampilan dengan nama ini.'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.UniqueConstraint(fields=('renaksi', 'position'), name='step_position_once'),
        ),
    ]
