"""The tables of release 1.0. It replaces the migrations of the versions before."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import sakip.naming
import sakip.uploads.storage
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ('performance', '0001_initial'),
        ('performance', '0002_relations'),
        ('performance', '0003_entry_grid'),
        ('performance', '0004_indicator_sheet'),
        ('performance', '0005_own_sentence'),
        ('performance', '0006_figure_evidence'),
        ('performance', '0007_versions'),
        ('performance', '0008_quarters'),
        ('performance', '0009_original_hash'),
        ('performance', '0010_one_sign'),
    ]

    dependencies = [
        ('sakip', '0001_release_1'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Objective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='versi')),
                ('number', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='nomor')),
                ('name', models.CharField(blank=True, max_length=300, verbose_name='nama sasaran')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objectives', to='sakip.unit', verbose_name='perangkat daerah')),
            ],
            options={
                'verbose_name': 'sasaran',
                'verbose_name_plural': 'sasaran',
                'ordering': ['unit', 'number'],
            },
            bases=(sakip.naming.PlacedName, models.Model),
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='versi')),
                ('number', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='nomor')),
                ('code', models.CharField(blank=True, max_length=40, verbose_name='kode')),
                ('name', models.CharField(max_length=300, verbose_name='nama indikator')),
                ('measure', models.CharField(max_length=40, verbose_name='satuan')),
                ('polarity', models.CharField(choices=[('higher', 'Makin tinggi makin baik'), ('lower', 'Makin rendah makin baik')], default='higher', max_length=6, verbose_name='arah')),
                ('accumulation', models.CharField(choices=[('sum', 'Dijumlahkan antar-triwulan'), ('latest', 'Posisi terakhir yang berlaku'), ('once', 'Terbit sekali setahun')], default='once', max_length=6, verbose_name='akumulasi dalam setahun')),
                ('decimals', models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MaxValueValidator(4)], verbose_name='banyak desimal')),
                ('scale', models.CharField(blank=True, help_text='Untuk nilai berupa teks: urutkan dari terbaik, pisahkan dengan “>”, misalnya WTP > WDP > TW > TMP.', max_length=200, verbose_name='skala teks')),
                ('year_from', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(2000, 'Tahun paling awal adalah 2000.'), django.core.validators.MaxValueValidator(2100, 'Tahun paling akhir adalah 2100.')], verbose_name='berlaku sejak')),
                ('year_to', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(2000, 'Tahun paling awal adalah 2000.'), django.core.validators.MaxValueValidator(2100, 'Tahun paling akhir adalah 2100.')], verbose_name='berlaku sampai')),
                ('explain_above', models.PositiveSmallIntegerField(blank=True, help_text='Dibandingkan dengan tahun sebelumnya, naik atau turun. Kosong berarti tidak diminta.', null=True, validators=[django.core.validators.MaxValueValidator(1000)], verbose_name='wajib dijelaskan bila berubah lebih dari (%)')),
                ('plan_year', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(2000, 'Tahun paling awal adalah 2000.'), django.core.validators.MaxValueValidator(2100, 'Tahun paling akhir adalah 2100.')], verbose_name='tahun akhir Renstra')),
                ('plan_target', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='target akhir Renstra')),
                ('plan_text', models.CharField(blank=True, max_length=60, verbose_name='target akhir Renstra (teks)')),
                ('definition', models.TextField(blank=True, verbose_name='definisi operasional')),
                ('formula', models.TextField(blank=True, verbose_name='formula')),
                ('data_source', models.CharField(blank=True, max_length=300, verbose_name='sumber data')),
                ('period', models.CharField(blank=True, choices=[('month', 'Bulanan'), ('quarter', 'Triwulanan'), ('half', 'Semesteran'), ('year', 'Tahunan')], max_length=7, verbose_name='periode pengukuran')),
                ('responsible', models.CharField(blank=True, help_text='Jabatan, misalnya Kepala Bagian RB.', max_length=150, verbose_name='penanggung jawab data')),
                ('owner_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='sakip.unit', verbose_name='unit pemilik')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='performance.indicator', verbose_name='bagian dari indikator')),
                ('objective', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='performance.objective', verbose_name='sasaran')),
            ],
            options={
                'verbose_name': 'indikator',
                'verbose_name_plural': 'indikator',
                'ordering': ['objective__number', 'number'],
            },
            bases=(sakip.naming.PlacedName, models.Model),
        ),
        migrations.CreateModel(
            name='ObjectiveSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000, 'Tahun paling awal adalah 2000.'), django.core.validators.MaxValueValidator(2100, 'Tahun paling akhir adalah 2100.')], verbose_name='tahun')),
                ('text', models.CharField(max_length=300, verbose_name='sumber')),
                ('objective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='performance.objective')),
            ],
            options={
                'verbose_name': 'sumber tabel',
                'verbose_name_plural': 'sumber tabel',
                'ordering': ['year'],
            },
        ),
        migrations.CreateModel(
            name='QuarterFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='versi')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000, 'Tahun paling awal adalah 2000.'), django.core.validators.MaxValueValidator(2100, 'Tahun paling akhir adalah 2100.')], verbose_name='tahun')),
                ('quarter', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(4)], verbose_name='triwulan')),
                ('target', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='target')),
                ('value', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='realisasi')),
                ('text_value', models.CharField(blank=True, max_length=60, verbose_name='realisasi (teks)')),
                ('missing', models.CharField(blank=True, choices=[('not_released', 'Belum rilis'), ('not_measured', 'Tidak diukur'), ('not_applicable', 'Tidak berlaku (n/a)'), ('unknown', 'Tidak tercantum dalam sumber')], max_length=14, verbose_name='alasan kosong')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quarters', to='performance.indicator', verbose_name='indikator')),
            ],
            options={
                'verbose_name': 'angka triwulan',
                'verbose_name_plural': 'angka triwulan',
                'ordering': ['year', 'quarter'],
            },
        ),
        migrations.CreateModel(
            name='Realisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='versi')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000, 'Tahun paling awal adalah 2000.'), django.core.validators.MaxValueValidator(2100, 'Tahun paling akhir adalah 2100.')], verbose_name='tahun')),
                ('value', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='realisasi')),
                ('text_value', models.CharField(blank=True, max_length=60, verbose_name='realisasi (teks)')),
                ('missing', models.CharField(blank=True, choices=[('not_released', 'Belum rilis'), ('not_measured', 'Tidak diukur'), ('not_applicable', 'Tidak berlaku (n/a)'), ('unknown', 'Tidak tercantum dalam sumber')], max_length=14, verbose_name='alasan kosong')),
                ('decimals', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(4)], verbose_name='banyak desimal')),
                ('mark', models.CharField(blank=True, help_text='Misalnya *', max_length=5, verbose_name='tanda')),
                ('footnote', models.CharField(blank=True, max_length=300, verbose_name='catatan kaki')),
                ('annotation', models.CharField(blank=True, help_text='Dicetak di samping nilai, misalnya: peringkat 4', max_length=100, verbose_name='keterangan')),
                ('explanation', models.TextField(blank=True, max_length=1000, verbose_name='penjelasan perubahan')),
                ('sentence', models.TextField(blank=True, max_length=600, verbose_name='kalimat untuk laporan')),
                ('sentence_basis', models.TextField(blank=True, editable=False)),
                ('is_carried_over', models.BooleanField(default=False, verbose_name='nilai tahun sebelumnya')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='sumber data')),
                ('through_quarter', models.PositiveSmallIntegerField(blank=True, editable=False, null=True, verbose_name='sampai triwulan')),
                ('reported_change', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True, verbose_name='perubahan tercetak')),
                ('reported_achievement', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True, verbose_name='capaian tercetak')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='realisations', to='performance.indicator', verbose_name='indikator')),
            ],
            options={
                'verbose_name': 'realisasi',
                'verbose_name_plural': 'realisasi',
                'ordering': ['year'],
            },
        ),
        migrations.CreateModel(
            name='FigureEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=200, upload_to=sakip.uploads.storage.RandomPath('bukti/%Y'), verbose_name='berkas')),
                ('original_name', models.CharField(max_length=200, verbose_name='nama berkas')),
                ('content_type', models.CharField(max_length=100, verbose_name='jenis isi')),
                ('size', models.PositiveBigIntegerField(verbose_name='ukuran (bita)')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('original_sha256', models.CharField(blank=True, editable=False, max_length=64, verbose_name='SHA-256 berkas semula')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='diunggah pada')),
                ('is_archived', models.BooleanField(default=False, verbose_name='diarsipkan')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diunggah oleh')),
                ('realisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='performance.realisation')),
            ],
            options={
                'verbose_name': 'bukti realisasi',
                'verbose_name_plural': 'bukti realisasi',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SmartMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('criterion', models.CharField(choices=[('s', 'Spesifik (specific)'), ('m', 'Terukur (measurable)'), ('a', 'Dapat dicapai (achievable)'), ('r', 'Relevan (relevant)'), ('t', 'Berbatas waktu (time-bound)'), ('c', 'Terus disempurnakan (continuously improved)')], max_length=1, verbose_name='kriteria')),
                ('is_met', models.BooleanField(verbose_name='terpenuhi')),
                ('remark', models.CharField(blank=True, max_length=300, verbose_name='catatan')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='smart_marks', to='performance.indicator')),
            ],
            options={
                'verbose_name': 'penilaian SMART-C',
                'verbose_name_plural': 'penilaian SMART-C',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000, 'Tahun paling awal adalah 2000.'), django.core.validators.MaxValueValidator(2100, 'Tahun paling akhir adalah 2100.')], verbose_name='tahun')),
                ('value', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='target')),
                ('high', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='sampai dengan')),
                ('text_value', models.CharField(blank=True, max_length=60, verbose_name='target (teks)')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='performance.indicator', verbose_name='indikator')),
            ],
            options={
                'verbose_name': 'target',
                'verbose_name_plural': 'target',
                'ordering': ['year'],
            },
        ),
        migrations.CreateModel(
            name='LockedYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000, 'Tahun paling awal adalah 2000.'), django.core.validators.MaxValueValidator(2100, 'Tahun paling akhir adalah 2100.')], verbose_name='tahun')),
                ('locked_at', models.DateTimeField(verbose_name='dikunci pada')),
                ('locked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='locked_years', to='sakip.unit', verbose_name='perangkat daerah')),
            ],
            options={
                'verbose_name': 'tahun terkunci',
                'verbose_name_plural': 'tahun terkunci',
                'ordering': ['unit', 'year'],
                'constraints': [models.UniqueConstraint(fields=('unit', 'year'), name='year_locked_once', violation_error_message='Tahun ini sudah dikunci.')],
            },
        ),
        migrations.AddConstraint(
            model_name='objective',
            constraint=models.UniqueConstraint(fields=('unit', 'number'), name='objective_number_once_per_unit', violation_error_message='Nomor sasaran ini sudah dipakai.'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.UniqueConstraint(fields=('objective', 'number'), name='indicator_number_once_per_objective', violation_error_message='Nomor indikator ini sudah dipakai pada sasaran yang sama.'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.UniqueConstraint(fields=('objective', 'name', 'owner_unit'), name='indicator_name_once_per_owner', violation_error_message='Unit ini sudah mempunyai indikator dengan nama yang sama pada sasaran ini.'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('year_from__isnull', True), ('year_to__isnull', True), ('year_to__gte', models.F('year_from')), _connector='OR'), name='indicator_life_in_order', violation_error_message='“Berlaku sampai” tidak boleh mendahului “berlaku sejak”.'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('plan_target__isnull', True), ('plan_text', ''), ('plan_year__isnull', True)), models.Q(('plan_target__isnull', False), ('plan_text', ''), ('plan_year__isnull', False)), models.Q(('plan_target__isnull', True), ('plan_year__isnull', False), models.Q(('plan_text', ''), _negated=True)), _connector='OR'), name='indicator_plan_target_with_year', violation_error_message='Isi target akhir Renstra beserta tahunnya: sebuah angka, atau sebuah nilai skala.'),
        ),
        migrations.AddConstraint(
            model_name='objectivesource',
            constraint=models.UniqueConstraint(fields=('objective', 'year'), name='objective_source_once_per_year', violation_error_message='Sumber untuk tahun ini sudah ada.'),
        ),
        migrations.AddConstraint(
            model_name='quarterfigure',
            constraint=models.UniqueConstraint(fields=('indicator', 'year', 'quarter'), name='quarter_figure_once', violation_error_message='Angka triwulan ini sudah ada.'),
        ),
        migrations.AddConstraint(
            model_name='quarterfigure',
            constraint=models.CheckConstraint(condition=models.Q(('quarter__gte', 1), ('quarter__lte', 4)), name='quarter_of_the_year', violation_error_message='Triwulan adalah 1 sampai 4.'),
        ),
        migrations.AddConstraint(
            model_name='quarterfigure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('missing', ''), ('text_value', '')), models.Q(('missing', ''), ('value__isnull', True)), models.Q(('text_value', ''), ('value__isnull', True)), _connector='OR'), name='quarter_number_text_or_reason', violation_error_message='Isi salah satu saja: realisasi berupa angka, realisasi berupa teks, atau alasan kosong.'),
        ),
        migrations.AddConstraint(
            model_name='realisation',
            constraint=models.UniqueConstraint(fields=('indicator', 'year'), name='realisation_once_per_year', violation_error_message='Realisasi tahun ini sudah ada.'),
        ),
        migrations.AddConstraint(
            model_name='realisation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('missing', ''), ('text_value', ''), ('value__isnull', False)), models.Q(('missing', ''), ('value__isnull', True), models.Q(('text_value', ''), _negated=True)), models.Q(('text_value', ''), ('value__isnull', True), models.Q(('missing', ''), _negated=True)), _connector='OR'), name='realisation_number_text_or_reason', violation_error_message='Isi salah satu saja: realisasi berupa angka, realisasi berupa teks, atau alasan kosong.'),
        ),
        migrations.AddConstraint(
            model_name='smartmark',
            constraint=models.UniqueConstraint(fields=('indicator', 'criterion'), name='smart_criterion_once_per_indicator', violation_error_message='Kriteria ini sudah dinilai.'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.UniqueConstraint(fields=('indicator', 'year'), name='target_once_per_year', violation_error_message='Target tahun ini sudah ada.'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text_value', ''), ('value__isnull', False)), models.Q(('high__isnull', True), ('value__isnull', True), models.Q(('text_value', ''), _negated=True)), _connector='OR'), name='target_number_or_text', violation_error_message='Isi target berupa angka atau berupa teks, salah satu saja.'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('high__isnull', True), ('high__gte', models.F('value')), _connector='OR'), name='target_range_in_order', violation_error_message='Batas atas target tidak boleh di bawah batas bawahnya.'),
        ),
    ]
