"""Notices, the choices for e-mail, the e-mail digests and saved filters."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

from recommendations.models.renaksi import Renaksi
from recommendations.querysets import SavedViewQuerySet
from sakip.models import Unit
from sakip.text_fields import LineField


def new_calendar_key():
    return secrets.token_urlsafe(32)


class Notice(models.Model):
    """One message to one person (pemberitahuan). `key` is unique, so that the same message is not written
    twice. `mailed_at` is set when a digest contains it. `renaksi` is None when it was deleted, and for a
    LATE notice, which is about all late renaksi of a coordinator."""

    class Kind(models.TextChoices):
        ASSIGNED = "assigned", "Penugasan"
        SUBMITTED = "submitted", "Menunggu reviu"
        RETURNED = "returned", "Dikembalikan"
        ACCEPTED = "accepted", "Diterima"
        REOPENED = "reopened", "Dibuka kembali"
        DUE_SOON = "due_soon", "Mendekati batas waktu"
        OVERDUE = "overdue", "Terlambat"
        LATE = "late", "Ringkasan yang terlambat"
        ESCALATED = "escalated", "Diteruskan kepada pimpinan"
        EXTENSION = "extension", "Perpanjangan batas waktu"
        MENTIONED = "mentioned", "Disebut dalam komentar"
        DELETED = "deleted", "Rencana aksi dihapus"
        REMINDED = "reminded", "Diingatkan"
        WEBHOOK = "webhook", "Webhook gagal"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices"
    )
    renaksi = models.ForeignKey(
        Renaksi, on_delete=models.CASCADE, null=True, related_name="notices"
    )
    kind = LineField("jenis", max_length=9, choices=Kind)
    text = LineField("isi", max_length=300)
    key = LineField(max_length=120)
    created_at = models.DateTimeField("dibuat pada")
    read_at = models.DateTimeField("dibaca pada", null=True, blank=True)
    mailed_at = models.DateTimeField("dikirim pada", null=True, blank=True)

    objects = models.Manager()

    class Meta:
        verbose_name = "pemberitahuan"
        verbose_name_plural = "pemberitahuan"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="notice_told_once"),
        ]
        indexes = [
            models.Index(
                fields=["person", "-created_at"], condition=Q(read_at=None), name="notice_unread"
            ),
            models.Index(fields=["person"], condition=Q(mailed_at=None), name="notice_unmailed"),
        ]

    def __str__(self):
        return self.text


class NoticeChoices(models.Model):
    """The kinds of notices that a person does not want by e-mail, and the key of the calendar feed.

    `wants_weekly`: the figures of the first page by e-mail on Mondays. `weekly_sent_on` is the last of them.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_choices"
    )
    unwanted = models.JSONField("jenis yang tidak dikirim", default=list, blank=True)
    wants_weekly = models.BooleanField("ringkasan setiap Senin", default=False)
    weekly_sent_on = models.DateField(
        "ringkasan terakhir dikirim", null=True, blank=True, editable=False
    )
    calendar_key = LineField(max_length=60, unique=True, default=new_calendar_key)

    objects = models.Manager()

    class Meta:
        verbose_name = "pilihan pemberitahuan"
        verbose_name_plural = "pilihan pemberitahuan"

    def __str__(self):
        return f"Pilihan {self.person}"


class Digest(models.Model):
    """One e-mail digest sent to one person on one day; at most one a day."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField("hari")
    sent_at = models.DateTimeField("dikirim pada", null=True, blank=True)
    notices = models.PositiveIntegerField("banyak pemberitahuan", default=0)

    objects = models.Manager()

    class Meta:
        verbose_name = "ringkasan surel"
        verbose_name_plural = "ringkasan surel"
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], name="digest_once_a_day"),
        ]

    def __str__(self):
        return f"Ringkasan {self.person} {self.day}"


class SavedView(models.Model):
    """Named filters of the renaksi list, stored as a query string.

    A shared one is for the people of `unit`, in which the owner shared it: who takes up another post does
    not take it along.
    """

    history_body = "unit"

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views"
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="unit kerja",
    )
    name = LineField("nama", max_length=80)
    query = LineField("saringan", max_length=500)
    is_shared = models.BooleanField("dibagikan kepada unit saya", default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = "tampilan tersimpan"
        verbose_name_plural = "tampilan tersimpan"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="saved_view_name_once",
                violation_error_message="Anda sudah mempunyai tampilan dengan nama ini.",
            ),
        ]

    def __str__(self):
        return self.name
