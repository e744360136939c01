"""What this app and its libraries keep only for a time."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef

from sakip import purging
from sakip.history.links import HistoryCheck
from sakip.models import (
    KnownPlace,
    PartialUpload,
    Submission,
    TryCount,
    UnsavedText,
    UploadPart,
)


def unsaved_texts(at):
    return UnsavedText.objects.filter(saved_at__lt=at - timedelta(days=settings.UNSAVED_TEXT_DAYS))


def submissions(at):
    return Submission.objects.filter(sent_at__lt=at - timedelta(days=settings.SUBMISSION_DAYS))


def partial_uploads(at):
    """Neither finished nor sent with its form."""
    return PartialUpload.objects.filter(
        touched_at__lt=at - timedelta(hours=settings.PARTIAL_UPLOAD_HOURS)
    )


def upload_parts(at):
    return UploadPart.objects.filter(upload__in=partial_uploads(at))


def sessions(at):
    return Session.objects.filter(expire_date__lt=at)


def devices(at):
    """The list of devices has a row for each session; those whose session is over."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gte=at)
    return UserSession.objects.filter(~Exists(alive))


def tries(at):
    return TryCount.objects.filter(ends__lt=at)


def known_places(at):
    return KnownPlace.objects.filter(seen_at__lt=at - timedelta(days=settings.KNOWN_PLACE_DAYS))


def history_checks(at):
    """Old checks, but for the newest good one: its head is compared with the next."""
    last = HistoryCheck.objects.filter(faults=0).values("pk")[:1]
    lapsed = HistoryCheck.objects.filter(
        at__lt=at - timedelta(days=settings.HISTORY_CHECK_KEPT_DAYS)
    )
    return lapsed.exclude(pk__in=list(last.values_list("pk", flat=True)))


def admin_log(at):
    """What was done in the admin site; the history tells it too."""
    return LogEntry.objects.filter(action_time__lt=at - timedelta(days=settings.ADMIN_LOG_DAYS))


purging.register("tulisan yang belum disimpan", lapsed=unsaved_texts)
purging.register("formulir yang terkirim", lapsed=submissions)
purging.register("potongan unggahan", lapsed=upload_parts)  # with their files, before the uploads
purging.register("unggahan yang belum selesai", lapsed=partial_uploads)
purging.register("sesi masuk yang berakhir", lapsed=sessions)
purging.register("perangkat tanpa sesi", lapsed=devices)
purging.register("hitungan percobaan masuk", lapsed=tries)
purging.register("tempat masuk lama", lapsed=known_places)
purging.register("pemeriksaan riwayat lama", lapsed=history_checks)
purging.register("catatan situs admin", lapsed=admin_log)
