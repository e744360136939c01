"""The tables of release 1.0. It replaces the migrations of the versions before."""

import django.core.validators
import django.db.models.deletion
import sakip.uploads.storage
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ('reports', '0001_initial'),
        ('reports', '0002_relations'),
        ('reports', '0003_printing'),
        ('reports', '0004_telaah_staf_life'),
        ('reports', '0005_word_template'),
        ('reports', '0006_issued_report'),
        ('reports', '0007_withdrawn_memo'),
        ('reports', '0008_versions'),
        ('reports', '0009_stored_file_key'),
        ('reports', '0010_stored_file'),
        ('reports', '0011_report_choice'),
        ('reports', '0012_telaah_staf_sentences'),
        ('reports', '0013_job_progress'),
        ('reports', '0014_telaah_staf_saved_at'),
        ('reports', '0015_history_head'),
    ]

    dependencies = [
        ('recommendations', '0001_release_1'),
        ('sakip', '0001_release_1'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(db_index=True, max_length=64)),
                ('rights', models.CharField(max_length=64)),
                ('file', models.FileField(max_length=200, upload_to=sakip.uploads.storage.RandomPath('dokumen'), verbose_name='berkas')),
                ('filename', models.CharField(max_length=200, verbose_name='nama berkas')),
                ('content_type', models.CharField(max_length=100, verbose_name='jenis isi')),
                ('title', models.CharField(max_length=300, verbose_name='judul')),
                ('size', models.PositiveBigIntegerField(verbose_name='ukuran')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='dibuat pada')),
            ],
            options={
                'verbose_name': 'hasil cetak',
                'verbose_name_plural': 'hasil cetak',
            },
        ),
        migrations.CreateModel(
            name='TelaahStaf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='versi')),
                ('title', models.CharField(default='TELAAH STAF', max_length=60, verbose_name='judul')),
                ('addressee', models.CharField(max_length=200, verbose_name='kepada')),
                ('sender', models.CharField(max_length=200, verbose_name='dari')),
                ('copies_to', models.TextField(blank=True, help_text='Satu penerima per baris.', verbose_name='tembusan')),
                ('date', models.DateField(blank=True, null=True, verbose_name='tanggal')),
                ('number', models.CharField(blank=True, max_length=80, verbose_name='nomor')),
                ('attachment', models.CharField(blank=True, max_length=120, verbose_name='lampiran')),
                ('subject', models.CharField(max_length=500, verbose_name='perihal')),
                ('on_behalf', models.CharField(blank=True, choices=[('a.n.', 'a.n. (atas nama)'), ('Plt.', 'Plt. (pelaksana tugas)'), ('Plh.', 'Plh. (pelaksana harian)')], max_length=4, verbose_name='atas nama')),
                ('paper', models.CharField(choices=[('F4', 'F4 (215 × 330 mm)'), ('A4', 'A4 (210 × 297 mm)')], default='F4', max_length=2, verbose_name='kertas')),
                ('typeface', models.CharField(choices=[('serif', 'Bookman Old Style'), ('sans', 'Arial')], default='serif', max_length=5, verbose_name='huruf')),
                ('type_size', models.PositiveSmallIntegerField(choices=[(11, '11 pt'), (12, '12 pt')], default=11, verbose_name='ukuran huruf')),
                ('status', models.CharField(choices=[('draft', 'Draf'), ('issued', 'Diterbitkan'), ('withdrawn', 'Dicabut')], default='draft', editable=False, max_length=9, verbose_name='status')),
                ('issued_at', models.DateTimeField(editable=False, null=True, verbose_name='diterbitkan pada')),
                ('known_sentences', models.JSONField(editable=False, null=True, verbose_name='kalimat yang dikenal')),
                ('contradiction_reason', models.TextField(blank=True, db_default='', default='', editable=False, verbose_name='alasan tetap diterbitkan')),
                ('frozen', models.JSONField(editable=False, null=True, verbose_name='tercetak saat diterbitkan')),
                ('components', models.ManyToManyField(blank=True, related_name='+', to='recommendations.component', verbose_name='komponen')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='telaah_staf', to='recommendations.evaluation', verbose_name='evaluasi')),
                ('issued_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diterbitkan oleh')),
                ('replaces', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='reports.telaahstaf', verbose_name='menggantikan')),
                ('series', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.telaahstaf', verbose_name='rangkaian')),
                ('signatory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sakip.official', verbose_name='penanda tangan')),
            ],
            options={
                'verbose_name': 'telaah staf',
                'verbose_name_plural': 'telaah staf',
                'ordering': ['-date', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='TelaahStafSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='versi')),
                ('position', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='urutan')),
                ('kind', models.CharField(blank=True, choices=[('problem', 'Persoalan'), ('assumptions', 'Praanggapan'), ('facts', 'Fakta-fakta yang mempengaruhi'), ('analysis', 'Analisis'), ('closing', 'Kesimpulan/Saran'), ('conclusion', 'Kesimpulan'), ('advice', 'Saran')], editable=False, max_length=11, verbose_name='jenis')),
                ('heading', models.CharField(max_length=120, verbose_name='judul bagian')),
                ('telaah_staf', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='reports.telaahstaf')),
            ],
            options={
                'verbose_name': 'bagian telaah staf',
                'verbose_name_plural': 'bagian telaah staf',
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='TelaahStafBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='versi')),
                ('position', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='urutan')),
                ('kind', models.CharField(choices=[('text', 'Teks'), ('score_comparison', 'Tabel perbandingan nilai'), ('follow_up_table', 'Tabel tindak lanjut')], default='text', max_length=16, verbose_name='jenis')),
                ('text', models.TextField(blank=True, verbose_name='teks')),
                ('is_incomplete', models.BooleanField(default=False, verbose_name='belum lengkap')),
                ('is_drafted', models.BooleanField(default=False, editable=False, verbose_name='disusun dari data')),
                ('saved_at', models.DateTimeField(editable=False, null=True, verbose_name='disimpan pada')),
                ('sentences', models.JSONField(blank=True, db_default=models.Value([], models.JSONField()), default=list, editable=False, verbose_name='kalimat dari data')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to='reports.telaahstafsection')),
            ],
            options={
                'verbose_name': 'isi bagian',
                'verbose_name_plural': 'isi bagian',
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='WordTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='versi')),
                ('name', models.CharField(max_length=100, verbose_name='nama templat')),
                ('file', models.FileField(max_length=200, upload_to=sakip.uploads.storage.RandomPath('templat'), verbose_name='berkas')),
                ('original_name', models.CharField(max_length=200, verbose_name='nama berkas')),
                ('size', models.PositiveIntegerField(verbose_name='ukuran')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('status', models.CharField(choices=[('draft', 'Draf'), ('active', 'Dipakai')], default='draft', editable=False, max_length=6, verbose_name='status')),
                ('uploaded_at', models.DateTimeField(verbose_name='diunggah pada')),
                ('checked_at', models.DateTimeField(editable=False, null=True, verbose_name='diperiksa pada')),
                ('problems', models.JSONField(blank=True, default=list, verbose_name='yang harus diperbaiki')),
                ('remarks', models.JSONField(blank=True, default=list, verbose_name='catatan')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='word_templates', to='sakip.unit', verbose_name='perangkat daerah')),
            ],
            options={
                'verbose_name': 'templat Word',
                'verbose_name_plural': 'templat Word',
                'ordering': ['unit', 'status', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='IssuedReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('product', models.CharField(max_length=40, verbose_name='jenis laporan')),
                ('title', models.CharField(max_length=300, verbose_name='judul')),
                ('spec', models.JSONField(verbose_name='pesanan')),
                ('scope', models.CharField(db_index=True, max_length=300, verbose_name='cakupan')),
                ('number', models.CharField(max_length=80, verbose_name='nomor')),
                ('date', models.DateField(verbose_name='tanggal')),
                ('issued_at', models.DateTimeField(verbose_name='diterbitkan pada')),
                ('file', models.FileField(max_length=200, upload_to=sakip.uploads.storage.RandomPath('terbit/%Y'), verbose_name='berkas')),
                ('file_name', models.CharField(max_length=200, verbose_name='nama berkas')),
                ('size', models.PositiveBigIntegerField(verbose_name='ukuran (bita)')),
                ('sha256', models.CharField(db_index=True, max_length=64, verbose_name='SHA-256')),
                ('code', models.CharField(max_length=19, unique=True, verbose_name='kode verifikasi')),
                ('is_signed', models.BooleanField(default=False, verbose_name='bertanda tangan elektronik')),
                ('snapshot', models.JSONField(verbose_name='isi saat terbit')),
                ('snapshot_sha256', models.CharField(max_length=64, verbose_name='SHA-256 isi')),
                ('history_head', models.CharField(blank=True, default='', max_length=90, verbose_name='kepala rantai riwayat')),
                ('submission', models.UUIDField(db_index=True, default=uuid.uuid4, verbose_name='kiriman')),
                ('status', models.CharField(choices=[('issued', 'Terbit'), ('withdrawn', 'Dicabut')], default='issued', max_length=10, verbose_name='status')),
                ('withdrawn_reason', models.TextField(blank=True, verbose_name='alasan pencabutan')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='dicabut pada')),
                ('evaluation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='issued_reports', to='recommendations.evaluation', verbose_name='evaluasi')),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diterbitkan oleh')),
                ('supersedes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='reports.issuedreport', verbose_name='menggantikan')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sakip.unit', verbose_name='perangkat daerah')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dicabut oleh')),
            ],
            options={
                'verbose_name': 'laporan terbit',
                'verbose_name_plural': 'laporan terbit',
                'ordering': ['-issued_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('product', 'telaah-staf'), _negated=True), fields=('unit', 'number'), name='issued_report_number_once', violation_error_message='Nomor ini sudah dipakai laporan lain. Tulis nomor yang lain.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'issued'), ('withdrawn_at', None), ('withdrawn_by', None), ('withdrawn_reason', '')), models.Q(('status', 'withdrawn'), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='issued_report_withdrawn_with_reason', violation_error_message='Tulis alasan pencabutan laporan.'), models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='issued_report_has_number', violation_error_message='Tulis nomor laporan.')],
            },
        ),
        migrations.CreateModel(
            name='ReportChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.CharField(max_length=40, verbose_name='laporan')),
                ('query', models.CharField(max_length=300, verbose_name='pilihan')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='report_choices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'pilihan laporan',
                'verbose_name_plural': 'pilihan laporan',
                'constraints': [models.UniqueConstraint(fields=('owner', 'report'), name='report_choice_once')],
            },
        ),
        migrations.CreateModel(
            name='ReportJob',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('spec', models.JSONField(verbose_name='pesanan')),
                ('title', models.CharField(max_length=300, verbose_name='judul')),
                ('state', models.CharField(choices=[('waiting', 'Menunggu giliran'), ('running', 'Sedang dibuat'), ('done', 'Selesai'), ('failed', 'Gagal'), ('cancelled', 'Dibatalkan')], default='waiting', max_length=9, verbose_name='keadaan')),
                ('stage', models.CharField(blank=True, max_length=8, verbose_name='tahap')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='selesai')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='seluruhnya')),
                ('error', models.CharField(blank=True, max_length=500, verbose_name='kesalahan')),
                ('created_at', models.DateTimeField(verbose_name='dipesan pada')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='dimulai pada')),
                ('beat_at', models.DateTimeField(blank=True, null=True, verbose_name='tanda terakhir')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='selesai pada')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='report_jobs', to=settings.AUTH_USER_MODEL)),
                ('stored_file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='jobs', to='reports.storedfile')),
            ],
            options={
                'verbose_name': 'pesanan dokumen',
                'verbose_name_plural': 'pesanan dokumen',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['state', 'created_at'], name='report_job_by_state')],
            },
        ),
        migrations.AddConstraint(
            model_name='telaahstaf',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('frozen__isnull', True), ('issued_at__isnull', True), ('issued_by', None), ('status', 'draft')), models.Q(('date__isnull', False), ('frozen__isnull', False), ('issued_at__isnull', False), ('status__in', ['issued', 'withdrawn']), models.Q(('number', ''), _negated=True)), _connector='OR'), name='telaah_staf_issued_is_complete', violation_error_message='Telaah Staf yang diterbitkan mempunyai nomor dan tanggal.'),
        ),
        migrations.AddConstraint(
            model_name='telaahstafsection',
            constraint=models.UniqueConstraint(fields=('telaah_staf', 'position'), name='telaah_staf_section_once'),
        ),
        migrations.AddConstraint(
            model_name='telaahstafblock',
            constraint=models.UniqueConstraint(fields=('section', 'position'), name='telaah_staf_block_once'),
        ),
        migrations.AddConstraint(
            model_name='telaahstafblock',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'text'), _negated=True), models.Q(('text', ''), _negated=True), _connector='OR'), name='telaah_staf_text_block_has_text', violation_error_message='Tulis isi teksnya.'),
        ),
        migrations.AddConstraint(
            model_name='wordtemplate',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'active')), fields=('unit',), name='word_template_one_in_use', violation_error_message='Perangkat daerah ini sudah memakai templat lain.'),
        ),
        migrations.AddConstraint(
            model_name='wordtemplate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'active'), _negated=True), models.Q(('checked_at__isnull', False), ('problems', [])), _connector='OR'), name='word_template_in_use_is_sound', violation_error_message='Templat yang dipakai sudah diperiksa dan tanpa kesalahan.'),
        ),
    ]
