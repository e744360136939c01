"""The tables of release 1.0. It replaces the migrations of the versions before."""

import datetime
import django.contrib.auth.validators
import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import sakip.querysets
import uuid
from django.conf import settings
from django.core.management import call_command
from django.db import migrations, models


def create_cache_table(apps, schema_editor):
    """So that `migrate` alone creates the whole database."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ('sakip', '0001_initial'),
        ('sakip', '0002_cache_table'),
        ('sakip', '0003_dismissed_finding'),
        ('sakip', '0004_evaluates_all'),
        ('sakip', '0005_versions'),
        ('sakip', '0006_history_body'),
        ('sakip', '0007_fill_history_body'),
        ('sakip', '0008_history_codes'),
        ('sakip', '0009_unit_kinds'),
        ('sakip', '0010_people'),
        ('sakip', '0011_through_time'),
        ('sakip', '0012_original_hash'),
        ('sakip', '0013_kept_findings'),
        ('sakip', '0014_unsaved_text'),
        ('sakip', '0015_finding_reach'),
        ('sakip', '0017_backup_run'),
        ('sakip', '0018_beat'),
        ('sakip', '0019_second_factors'),
        ('sakip', '0020_sign_in'),
        ('sakip', '0021_submissions'),
        ('sakip', '0022_mark_of_figures'),
        ('sakip', '0023_history_pages'),
        ('sakip', '0024_history_of_actor'),
        ('sakip', '0025_unsaved_form'),
        ('sakip', '0026_shortcuts'),
        ('sakip', '0027_body_versions'),
        ('sakip', '0028_history_acts'),
        ('sakip', '0029_act_by_one_index'),
        ('sakip', '0030_tour'),
    ]

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='BackupRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='dimulai pada')),
                ('alive_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='masih berjalan pada')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='selesai pada')),
                ('path', models.CharField(max_length=500, verbose_name='berkas')),
                ('files', models.PositiveIntegerField(default=0, verbose_name='jumlah berkas')),
                ('size', models.PositiveBigIntegerField(default=0, help_text='Dalam bita.', verbose_name='ukuran')),
            ],
            options={
                'verbose_name': 'pencadangan',
                'verbose_name_plural': 'pencadangan',
            },
        ),
        migrations.CreateModel(
            name='Beat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=64, unique=True, verbose_name='nama')),
                ('at', models.DateTimeField(verbose_name='pada')),
            ],
            options={
                'verbose_name': 'tanda hidup',
                'verbose_name_plural': 'tanda hidup',
            },
        ),
        migrations.CreateModel(
            name='BodyVersion',
            fields=[
                ('body', models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name='perangkat daerah')),
                ('number', models.PositiveBigIntegerField(default=0, verbose_name='nomor')),
            ],
            options={
                'verbose_name': 'versi data perangkat daerah',
                'verbose_name_plural': 'versi data perangkat daerah',
            },
        ),
        migrations.CreateModel(
            name='DataVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(default=0, verbose_name='nomor')),
            ],
            options={
                'verbose_name': 'versi data',
                'verbose_name_plural': 'versi data',
            },
        ),
        migrations.CreateModel(
            name='HistoryCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, verbose_name='waktu')),
                ('number', models.PositiveBigIntegerField(verbose_name='entri yang diperiksa')),
                ('head', models.CharField(max_length=90, verbose_name='kepala rantai')),
                ('faults', models.PositiveIntegerField(default=0, verbose_name='kesalahan')),
                ('first_fault', models.TextField(blank=True, verbose_name='kesalahan pertama')),
            ],
            options={
                'verbose_name': 'pemeriksaan riwayat',
                'verbose_name_plural': 'pemeriksaan riwayat',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoryLink',
            fields=[
                ('number', models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name='nomor')),
                ('entry', models.PositiveBigIntegerField(unique=True, verbose_name='riwayat')),
                ('link', models.CharField(max_length=64, verbose_name='mata rantai')),
            ],
            options={
                'verbose_name': 'mata rantai riwayat',
                'verbose_name_plural': 'mata rantai riwayat',
            },
        ),
        migrations.CreateModel(
            name='TryCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True, verbose_name='kunci')),
                ('taken', models.PositiveIntegerField(default=0, verbose_name='dimulai')),
                ('wrong', models.PositiveIntegerField(default=0, verbose_name='salah')),
                ('taken_at', models.DateTimeField(verbose_name='terakhir dimulai')),
                ('ends', models.DateTimeField(db_index=True, verbose_name='berakhir')),
            ],
            options={
                'verbose_name': 'hitungan percobaan',
                'verbose_name_plural': 'hitungan percobaan',
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='versi')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('username', models.CharField(error_messages={'invalid': 'Tulis nama pengguna dengan huruf, angka, dan @ . + - _ saja, tanpa spasi.', 'unique': 'Nama pengguna ini sudah dipakai. Bila akunnya baru saja Anda buat dan tautan undangannya tidak terlihat, undang lagi lewat akunnya.'}, help_text='Dipakai untuk masuk: huruf, angka, dan @ . + - _', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='nama pengguna')),
                ('name', models.CharField(max_length=150, verbose_name='nama')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='alamat surel')),
                ('role', models.CharField(blank=True, choices=[('operator', 'Operator'), ('evaluator', 'Evaluator'), ('coordinator', 'Koordinator'), ('leader', 'Pimpinan')], max_length=12, verbose_name='peran')),
                ('evaluates_all', models.BooleanField(default=False, help_text='Hanya untuk evaluator.', verbose_name='mengevaluasi semua perangkat daerah')),
                ('invited_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='diundang pada')),
                ('session_epoch', models.PositiveIntegerField(default=0, editable=False, verbose_name='angkatan sesi')),
                ('password_is_temporary', models.BooleanField(default=False, editable=False, verbose_name='kata sandi sementara')),
                ('password_chosen_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='kata sandi dipilih pada')),
                ('uses_shortcuts', models.BooleanField(default=False, editable=False, verbose_name='memakai tombol cepat')),
                ('tour_closed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='tur ditutup pada')),
                ('nip', models.CharField(blank=True, max_length=18, validators=[django.core.validators.RegexValidator('^\\d{18}$', 'NIP terdiri atas 18 angka tanpa spasi.')], verbose_name='NIP')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'pengguna',
                'verbose_name_plural': 'pengguna',
                'ordering': ['name'],
            },
            managers=[
                ('objects', sakip.querysets.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='ChangedScope',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(choices=[('body', 'Perangkat daerah'), ('evaluation', 'LHE'), ('follow_up', 'Hitungan tindak lanjut LHE'), ('version', 'Versi data')], max_length=10, verbose_name='tentang')),
                ('key', models.PositiveBigIntegerField(null=True, verbose_name='kunci')),
            ],
            options={
                'verbose_name': 'tanda perubahan',
                'verbose_name_plural': 'tanda perubahan',
                'indexes': [models.Index(fields=['subject', 'key'], name='changed_scope')],
            },
        ),
        migrations.CreateModel(
            name='DismissedFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, unique=True, verbose_name='kunci')),
                ('message', models.TextField(verbose_name='temuan')),
                ('data', models.JSONField(editable=False, null=True, verbose_name='angka')),
                ('reason', models.CharField(max_length=300, verbose_name='alasan')),
                ('dismissed_at', models.DateTimeField(verbose_name='diabaikan pada')),
                ('dismissed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diabaikan oleh')),
            ],
            options={
                'verbose_name': 'temuan yang diabaikan',
                'verbose_name_plural': 'temuan yang diabaikan',
            },
        ),
        migrations.CreateModel(
            name='FormerPassword',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='kata sandi')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'kata sandi lama',
                'verbose_name_plural': 'kata sandi lama',
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='versi')),
                ('kind', models.CharField(choices=[('province', 'Provinsi'), ('secretariat', 'Sekretariat Daerah atau DPRD'), ('inspectorate', 'Inspektorat'), ('dinas', 'Dinas'), ('badan', 'Badan'), ('hospital', 'RSUD'), ('body', 'Perangkat daerah lain'), ('bureau', 'Biro'), ('section', 'Bagian'), ('field', 'Bidang'), ('office', 'Sekretariat'), ('assistant', 'Inspektur Pembantu'), ('uptd', 'UPTD'), ('branch', 'Cabang Dinas'), ('part', 'Unit lain di bawah perangkat daerah')], max_length=12, verbose_name='jenis')),
                ('name', models.CharField(max_length=200, verbose_name='nama')),
                ('short_name', models.CharField(blank=True, max_length=60, verbose_name='nama singkat')),
                ('code', models.CharField(max_length=40, unique=True, verbose_name='kode')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='urutan')),
                ('head_title', models.CharField(blank=True, max_length=120, verbose_name='sebutan pimpinan')),
                ('from_date', models.DateField(blank=True, null=True, verbose_name='berdiri sejak')),
                ('is_active', models.BooleanField(default=True, verbose_name='aktif')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='sakip.unit', verbose_name='unit induk')),
            ],
            options={
                'verbose_name': 'unit kerja',
                'verbose_name_plural': 'unit kerja',
                'ordering': ['position', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('operator', 'Operator'), ('evaluator', 'Evaluator'), ('coordinator', 'Koordinator'), ('leader', 'Pimpinan')], max_length=12, verbose_name='peran')),
                ('evaluates_all', models.BooleanField(default=False, verbose_name='mengevaluasi semua perangkat daerah')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='other_posts', to=settings.AUTH_USER_MODEL, verbose_name='orang')),
                ('assigned_bodies', models.ManyToManyField(blank=True, related_name='+', to='sakip.unit', verbose_name='perangkat daerah yang dievaluasi')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='other_posts', to='sakip.unit', verbose_name='unit kerja')),
            ],
            options={
                'verbose_name': 'penugasan lain',
                'verbose_name_plural': 'penugasan lain',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Official',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='versi')),
                ('name', models.CharField(max_length=150, verbose_name='nama dan gelar')),
                ('nip', models.CharField(max_length=18, validators=[django.core.validators.RegexValidator('^\\d{18}$', 'NIP terdiri atas 18 angka tanpa spasi.')], verbose_name='NIP')),
                ('rank', models.CharField(help_text='Misalnya: Pembina Tingkat I', max_length=60, verbose_name='pangkat')),
                ('position', models.CharField(max_length=150, verbose_name='jabatan')),
                ('acting', models.CharField(blank=True, choices=[('Plt.', 'Plt. (pelaksana tugas)'), ('Plh.', 'Plh. (pelaksana harian)')], max_length=4, verbose_name='sebagai')),
                ('on_behalf_of', models.CharField(blank=True, max_length=150, verbose_name='atas nama (a.n.)')),
                ('from_date', models.DateField(blank=True, null=True, verbose_name='menjabat sejak')),
                ('to_date', models.DateField(blank=True, null=True, verbose_name='menjabat sampai')),
                ('is_active', models.BooleanField(default=True, verbose_name='aktif')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='officials', to='sakip.unit', verbose_name='unit kerja')),
            ],
            options={
                'verbose_name': 'pejabat',
                'verbose_name_plural': 'pejabat',
                'ordering': ['name', 'from_date'],
            },
        ),
        migrations.CreateModel(
            name='Letterhead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='versi')),
                ('government', models.CharField(max_length=150, verbose_name='pemerintah')),
                ('body', models.CharField(max_length=150, verbose_name='nama perangkat daerah')),
                ('address', models.CharField(max_length=200, verbose_name='alamat')),
                ('phone', models.CharField(blank=True, max_length=200, verbose_name='telepon dan faksimile')),
                ('online', models.CharField(blank=True, max_length=200, verbose_name='surel dan laman')),
                ('logo', models.ImageField(blank=True, upload_to='kop/', verbose_name='lambang')),
                ('logo_original_sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='SHA-256 lambang semula')),
                ('unit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='letterhead', to='sakip.unit', verbose_name='perangkat daerah')),
            ],
            options={
                'verbose_name': 'kop surat',
                'verbose_name_plural': 'kop surat',
            },
        ),
        migrations.CreateModel(
            name='KeptFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=12, verbose_name='jenis')),
                ('scope', models.PositiveBigIntegerField(verbose_name='lingkup')),
                ('object_id', models.PositiveBigIntegerField()),
                ('code', models.CharField(max_length=30, verbose_name='aturan')),
                ('rank', models.PositiveSmallIntegerField(verbose_name='urutan tingkat')),
                ('detail', models.CharField(blank=True, max_length=60, verbose_name='bagian')),
                ('key', models.CharField(max_length=200, unique=True, verbose_name='kunci')),
                ('data', models.JSONField(default=dict, verbose_name='angka')),
                ('since', models.DateField(default=datetime.date(1, 1, 1), verbose_name='berlaku sejak')),
                ('place', models.PositiveIntegerField(verbose_name='urutan')),
                ('first_seen', models.DateTimeField(verbose_name='pertama ditemukan')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('dismissal', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='sakip.dismissedfinding', verbose_name='diabaikan')),
                ('body', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sakip.unit', verbose_name='perangkat daerah')),
                ('lead_unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sakip.unit', verbose_name='penanggung jawab')),
            ],
            options={
                'verbose_name': 'temuan uji konsistensi',
                'verbose_name_plural': 'temuan uji konsistensi',
                'ordering': ['rank', 'code', 'body_id', 'scope', 'place'],
            },
        ),
        migrations.CreateModel(
            name='HistoryEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='waktu')),
                ('actor_role', models.CharField(blank=True, db_default='', default='', editable=False, max_length=12, verbose_name='peran pelaku')),
                ('actor_unit', models.CharField(blank=True, db_default='', default='', editable=False, max_length=200, verbose_name='unit pelaku')),
                ('action', models.CharField(max_length=50, verbose_name='tindakan')),
                ('object_id', models.PositiveBigIntegerField()),
                ('label', models.CharField(max_length=200, verbose_name='objek')),
                ('changes', models.JSONField(blank=True, default=list, verbose_name='perubahan')),
                ('note', models.TextField(blank=True, verbose_name='catatan')),
                ('batch', models.UUIDField(default=uuid.uuid4, verbose_name='satu tindakan')),
                ('stamp', models.CharField(db_default='', default='', editable=False, max_length=64, verbose_name='cap')),
                ('actor', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='pelaku')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('body', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sakip.unit', verbose_name='perangkat daerah')),
            ],
            options={
                'verbose_name': 'riwayat',
                'verbose_name_plural': 'riwayat',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='user',
            name='assigned_bodies',
            field=models.ManyToManyField(blank=True, help_text='Hanya untuk evaluator. Tidak ada yang dipilih berarti tidak ada yang dievaluasi.', related_name='evaluators', to='sakip.unit', verbose_name='perangkat daerah yang dievaluasi'),
        ),
        migrations.AddField(
            model_name='user',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='sakip.unit', verbose_name='unit kerja'),
        ),
        migrations.CreateModel(
            name='UnitName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='nama')),
                ('short_name', models.CharField(blank=True, max_length=60, verbose_name='nama singkat')),
                ('head_title', models.CharField(blank=True, max_length=120, verbose_name='sebutan pimpinan')),
                ('until', models.DateField(verbose_name='berlaku sampai')),
                ('legal_basis', models.CharField(max_length=300, verbose_name='dasar hukum')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sakip.unit', verbose_name='unit induk')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='former_names', to='sakip.unit', verbose_name='unit kerja')),
            ],
            options={
                'verbose_name': 'nama lama unit',
                'verbose_name_plural': 'nama lama unit',
                'ordering': ['unit', '-until'],
            },
        ),
        migrations.CreateModel(
            name='UnitSuccession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('merge', 'Digabung'), ('split', 'Dipecah')], max_length=5, verbose_name='jenis')),
                ('day', models.DateField(verbose_name='berlaku sejak')),
                ('legal_basis', models.CharField(max_length=300, verbose_name='dasar hukum')),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='sakip.unit', verbose_name='unit pendahulu')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='origins', to='sakip.unit', verbose_name='unit penerus')),
            ],
            options={
                'verbose_name': 'penerus unit',
                'verbose_name_plural': 'penerus unit',
                'ordering': ['-day', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='UnsavedText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='alamat formulir')),
                ('object_id', models.PositiveBigIntegerField(blank=True, null=True)),
                ('part', models.CharField(blank=True, max_length=30, verbose_name='bagian')),
                ('content', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='isi')),
                ('base_version', models.PositiveIntegerField(default=0)),
                ('saved_at', models.DateTimeField(verbose_name='disimpan pada')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('content_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'tulisan yang belum disimpan',
                'verbose_name_plural': 'tulisan yang belum disimpan',
            },
        ),
        migrations.CreateModel(
            name='WaitingMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.TextField(verbose_name='isi')),
                ('failure', models.CharField(blank=True, max_length=40, verbose_name='tindakan bila gagal')),
                ('tries', models.PositiveIntegerField(default=0, verbose_name='percobaan')),
                ('queued_at', models.DateTimeField(verbose_name='dititipkan pada')),
                ('next_at', models.DateTimeField(db_index=True, verbose_name='dikirim mulai')),
                ('sending_at', models.DateTimeField(blank=True, null=True, verbose_name='sedang dikirim sejak')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'surel yang menunggu',
                'verbose_name_plural': 'surel yang menunggu',
            },
        ),
        migrations.CreateModel(
            name='KnownPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=64, verbose_name='tempat')),
                ('seen_at', models.DateTimeField(verbose_name='terakhir masuk')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'tempat masuk',
                'verbose_name_plural': 'tempat masuk',
                'constraints': [models.UniqueConstraint(fields=('person', 'place'), name='known_place_once')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(verbose_name='kunci formulir')),
                ('digest', models.CharField(max_length=64, verbose_name='sidik isi')),
                ('location', models.CharField(blank=True, max_length=500, verbose_name='alamat hasilnya')),
                ('sent_at', models.DateTimeField(db_index=True, verbose_name='dikirim pada')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'formulir terkirim',
                'verbose_name_plural': 'formulir terkirim',
                'constraints': [models.UniqueConstraint(fields=('person', 'key'), name='submission_once', violation_error_message='Formulir ini sudah terkirim.')],
            },
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(fields=('parent', 'name'), name='unit_name_once_per_parent', violation_error_message='Unit induk ini sudah mempunyai unit dengan nama yang sama.'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(fields=('person', 'role', 'unit'), name='post_once', violation_error_message='Orang ini sudah memegang peran itu di unit itu.'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('evaluates_all', False), ('role', 'evaluator'), _connector='OR'), name='post_evaluates_all_as_evaluator', violation_error_message='Hanya evaluator yang mengevaluasi semua perangkat daerah.'),
        ),
        migrations.AddConstraint(
            model_name='official',
            constraint=models.CheckConstraint(condition=models.Q(('from_date', None), ('to_date', None), ('to_date__gte', models.F('from_date')), _connector='OR'), name='official_term_ends_after_it_begins', violation_error_message='Masa jabatan berakhir sebelum dimulai. Perbaiki tanggalnya.'),
        ),
        migrations.AddIndex(
            model_name='keptfinding',
            index=models.Index(fields=['kind', 'scope'], name='finding_scope'),
        ),
        migrations.AddIndex(
            model_name='keptfinding',
            index=models.Index(fields=['content_type', 'object_id'], name='finding_target'),
        ),
        migrations.AddIndex(
            model_name='keptfinding',
            index=models.Index(fields=['rank', 'code', 'body', 'scope', 'place', 'since', 'dismissal'], name='finding_order'),
        ),
        migrations.AddIndex(
            model_name='keptfinding',
            index=models.Index(fields=['body', 'rank', 'code'], name='finding_body'),
        ),
        migrations.AddIndex(
            model_name='keptfinding',
            index=models.Index(fields=['lead_unit', 'rank', 'code'], name='finding_unit'),
        ),
        migrations.AddIndex(
            model_name='historyentry',
            index=models.Index(fields=['content_type', 'object_id', '-at'], name='history_target'),
        ),
        migrations.AddIndex(
            model_name='historyentry',
            index=models.Index(fields=['body', 'id'], name='history_body'),
        ),
        migrations.AddIndex(
            model_name='historyentry',
            index=models.Index(fields=['body', '-at', '-id'], name='history_body_newest'),
        ),
        migrations.AddIndex(
            model_name='historyentry',
            index=models.Index(fields=['actor', 'action', 'object_id'], name='history_actor'),
        ),
        migrations.AddIndex(
            model_name='historyentry',
            index=models.Index(fields=['at', 'batch'], name='history_acts'),
        ),
        migrations.AddIndex(
            model_name='historyentry',
            index=models.Index(fields=['body', 'at', 'batch'], name='history_body_acts'),
        ),
        migrations.AddIndex(
            model_name='historyentry',
            index=models.Index(fields=['batch', 'id'], name='history_act_newest'),
        ),
        migrations.AddIndex(
            model_name='historyentry',
            index=models.Index(condition=models.Q(('action', 'remind')), fields=['body', '-at', '-id'], name='history_reminders'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('role', ''), ('unit__isnull', False), _connector='OR'), name='user_with_role_has_unit', violation_error_message='Pengguna yang mempunyai peran harus ditempatkan pada satu unit.'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('evaluates_all', False), ('role', 'evaluator'), _connector='OR'), name='user_evaluates_all_as_evaluator', violation_error_message='Hanya evaluator yang mengevaluasi semua perangkat daerah.'),
        ),
        migrations.AddConstraint(
            model_name='unitname',
            constraint=models.UniqueConstraint(fields=('unit', 'until'), name='unit_name_once_per_day', violation_error_message='Nama lama unit ini sampai tanggal tersebut sudah ada.'),
        ),
        migrations.AddConstraint(
            model_name='unitsuccession',
            constraint=models.UniqueConstraint(fields=('predecessor', 'successor'), name='unit_succession_once', violation_error_message='Unit ini sudah dicatat sebagai penerusnya.'),
        ),
        migrations.AddConstraint(
            model_name='unitsuccession',
            constraint=models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='unit_succession_of_another', violation_error_message='Unit tidak dapat menjadi penerus dirinya sendiri.'),
        ),
        migrations.AddConstraint(
            model_name='unsavedtext',
            constraint=models.UniqueConstraint(fields=('content_type', 'object_id', 'part', 'author'), name='unsaved_text_once_per_author'),
        ),
        migrations.AddConstraint(
            model_name='unsavedtext',
            constraint=models.UniqueConstraint(condition=models.Q(('address', ''), _negated=True), fields=('author', 'address'), name='unsaved_form_once_per_author'),
        ),
        migrations.AddConstraint(
            model_name='unsavedtext',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('address', ''), ('content_type__isnull', False), ('object_id__isnull', False)), models.Q(models.Q(('address', ''), _negated=True), ('content_type__isnull', True), ('object_id__isnull', True)), _connector='OR'), name='unsaved_text_of_form_or_record'),
        ),
        migrations.RunPython(create_cache_table),
    ]
