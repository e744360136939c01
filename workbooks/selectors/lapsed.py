"""What this app keeps only for a time."""

from datetime import timedelta

from django.conf import settings

from sakip import purging
from workbooks.models import ImportRun, WordReading

WRITTEN = (ImportRun.State.DONE, ImportRun.State.UNDONE)
AT_WORK = (
    ImportRun.State.WAITING,
    ImportRun.State.READING,
    ImportRun.State.CONFIRMED,
    ImportRun.State.WRITING,
)


def unwritten_imports(at):
    """Imports that were never written: with their workbook, their preview and what was typed about them."""
    old = ImportRun.objects.filter(created_at__lt=at - timedelta(days=settings.IMPORT_PREVIEW_DAYS))
    return old.exclude(state__in=(*WRITTEN, *AT_WORK))


def written_imports(at):
    """Imports so long ago that nobody undoes them. What they wrote stays, and so does its history."""
    old = ImportRun.objects.filter(created_at__lt=at - timedelta(days=settings.IMPORT_DAYS))
    return old.filter(state__in=WRITTEN)


def readings(at):
    """What was said about the head of a Word table that nobody has seen again for years."""
    return WordReading.objects.filter(
        changed_at__lt=at - timedelta(days=settings.WORD_READING_DAYS)
    )


purging.register("impor yang tidak ditulis", lapsed=unwritten_imports)
purging.register("impor lama, dengan berkas dan cara membatalkannya", lapsed=written_imports)
purging.register("cara membaca tabel Word", lapsed=readings)
