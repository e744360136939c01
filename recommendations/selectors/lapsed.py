"""What this app keeps only for a time."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from recommendations.models import DailyCount, Digest, Draft, Notice, ReviewPresence
from recommendations.transitions import WORKABLE
from sakip import purging


def notices(at):
    """Old notices. A leader hears of a late item once, so that notice stays as long as the item is open."""
    old = Notice.objects.filter(created_at__lt=at - timedelta(days=settings.NOTICE_DAYS))
    return old.exclude(Q(kind=Notice.Kind.ESCALATED) & Q(renaksi__status__in=WORKABLE))


def digests(at):
    last = timezone.localdate(at) - timedelta(days=settings.NOTICE_DAYS)
    return Digest.objects.filter(day__lt=last)


def drafts(at):
    return Draft.objects.filter(saved_at__lt=at - timedelta(days=settings.UNSAVED_TEXT_DAYS))


def presences(at):
    return ReviewPresence.objects.filter(seen_at__lt=at - timedelta(days=1))


def daily_counts(at):
    """Counts of days long ago, but for the last one of each month and evaluation."""
    last = timezone.localdate(at) - timedelta(days=settings.DAILY_COUNT_DAYS)
    months = DailyCount.objects.annotate(month=TruncMonth("day"))
    later = months.filter(
        evaluation=OuterRef("evaluation"), month=OuterRef("month"), day__gt=OuterRef("day")
    )
    return months.filter(Exists(later), day__lt=last)


purging.register("pemberitahuan", lapsed=notices)
purging.register("ringkasan surel", lapsed=digests)
purging.register("draf tindak lanjut", lapsed=drafts)
purging.register("tanda sedang mereviu", lapsed=presences)
purging.register("hitungan harian", lapsed=daily_counts)
