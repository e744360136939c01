"""Coordinators hear once a week what is late; a request for a later date ends when the item is sent."""

from django.db import migrations, models
from django.db.models.functions import Now


def end_requests_of_sent_items(apps, schema_editor):
    requests = apps.get_model("recommendations", "ExtensionRequest").objects
    sent = requests.filter(decision="pending").exclude(
        renaksi__status__in=["open", "in_progress", "returned"]
    )
    sent.update(decision="ended", decided_at=Now())


def wait_again(apps, schema_editor):
    requests = apps.get_model("recommendations", "ExtensionRequest").objects
    requests.filter(decision="ended").update(decision="pending", decided_at=None)


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0010_notice_of_the_deleted'),
    ]

    operations = [
        migrations.AlterField(
            model_name='extensionrequest',
            name='decision',
            field=models.CharField(choices=[('pending', 'Menunggu keputusan'), ('granted', 'Disetujui'), ('refused', 'Ditolak'), ('ended', 'Berakhir karena tindak lanjut dikirim')], default='pending', max_length=8, verbose_name='keputusan'),
        ),
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('assigned', 'Penugasan'), ('submitted', 'Menunggu reviu'), ('returned', 'Dikembalikan'), ('accepted', 'Diterima'), ('reopened', 'Dibuka kembali'), ('due_soon', 'Mendekati batas waktu'), ('overdue', 'Terlambat'), ('late', 'Ringkasan yang terlambat'), ('escalated', 'Diteruskan kepada pimpinan'), ('extension', 'Perpanjangan batas waktu'), ('mentioned', 'Disebut dalam komentar'), ('deleted', 'Rencana aksi dihapus')], max_length=9, verbose_name='jenis'),
        ),
        migrations.RunPython(end_requests_of_sent_items, wait_again),
    ]
