"""The tables of release 1.0. It replaces the migrations of the versions before."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ('api', '0001_tokens_webhooks'),
    ]

    dependencies = [
        ('sakip', '0001_release_1'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='nama')),
                ('digest', models.CharField(editable=False, max_length=64, unique=True, verbose_name='sidik')),
                ('start', models.CharField(editable=False, max_length=12, verbose_name='awal token')),
                ('post', models.CharField(editable=False, max_length=40, verbose_name='penugasan')),
                ('scopes', models.JSONField(default=list, verbose_name='data yang dibaca')),
                ('created_at', models.DateTimeField(verbose_name='dibuat pada')),
                ('expires_at', models.DateTimeField(verbose_name='berlaku sampai')),
                ('last_used_at', models.DateTimeField(blank=True, null=True, verbose_name='terakhir dipakai')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='dicabut pada')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='api_tokens', to=settings.AUTH_USER_MODEL, verbose_name='pemilik')),
            ],
            options={
                'verbose_name': 'token API',
                'verbose_name_plural': 'token API',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Webhook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='nama')),
                ('url', models.URLField(max_length=500, verbose_name='alamat')),
                ('events', models.JSONField(default=list, verbose_name='peristiwa')),
                ('secret', models.TextField(editable=False, verbose_name='rahasia')),
                ('is_active', models.BooleanField(default=True, verbose_name='aktif')),
                ('made_at', models.DateTimeField(verbose_name='dibuat pada')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='webhooks', to='sakip.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'webhook',
                'verbose_name_plural': 'webhook',
                'ordering': ['unit', 'name'],
            },
        ),
        migrations.CreateModel(
            name='WebhookDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, unique=True, verbose_name='kunci')),
                ('event', models.CharField(max_length=20, verbose_name='peristiwa')),
                ('content', models.JSONField(verbose_name='isi')),
                ('made_at', models.DateTimeField(verbose_name='dibuat pada')),
                ('state', models.CharField(choices=[('waiting', 'Menunggu'), ('delivered', 'Diterima'), ('given_up', 'Gagal')], default='waiting', max_length=9, verbose_name='keadaan')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='percobaan')),
                ('next_at', models.DateTimeField(blank=True, null=True, verbose_name='dikirim mulai')),
                ('sending_at', models.DateTimeField(blank=True, null=True, verbose_name='sedang dikirim sejak')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='berakhir pada')),
                ('last_status', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='status jawaban')),
                ('last_problem', models.CharField(blank=True, max_length=200, verbose_name='kendala')),
                ('webhook', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='api.webhook')),
            ],
            options={
                'verbose_name': 'kiriman webhook',
                'verbose_name_plural': 'kiriman webhook',
                'ordering': ['-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='webhook',
            constraint=models.UniqueConstraint(fields=('unit', 'name'), name='webhook_name_once', violation_error_message='Unit ini sudah mempunyai webhook dengan nama ini. Tulis nama lain.'),
        ),
        migrations.AddIndex(
            model_name='webhookdelivery',
            index=models.Index(fields=['webhook', '-id'], name='webhook_delivery_newest'),
        ),
        migrations.AddConstraint(
            model_name='webhookdelivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='webhook_delivery_ends_once'),
        ),
    ]
