"""Writes reminders of due dates into the inboxes and sends every person the digest of the day."""

from datetime import datetime, time

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from recommendations.services.daily_counts import count_day
from recommendations.services.digests import send_digests, waiting
from recommendations.services.reminders import remind
from sakip.dates import DateError, parse_date


class Command(BaseCommand):
    help = "Remind of due dates and mail each person one digest a day. Running again sends nothing twice."

    def add_arguments(self, parser):
        parser.add_argument("--today", metavar="YYYY-MM-DD", help="as if it were this day")
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="print what would be sent; write and send nothing",
        )

    def handle(self, *, today, dry_run, **options):
        today, at = self._moment(today)
        with transaction.atomic():
            self.stdout.write(f"{remind(today=today, at=at)} pengingat baru.")
            count_day(today=today)
            if dry_run:
                for person, notices in waiting(today=today, at=at):
                    self.stdout.write(f"{person.email}: {len(notices)} pemberitahuan")
                transaction.set_rollback(True)
                return
        outcome = send_digests(today=today, at=at)
        self.stdout.write(f"{len(outcome.sent)} surel terkirim.")
        if outcome.failed:
            raise CommandError(
                f"{len(outcome.refused)} surel ditolak peladen dan dicoba lagi pada jalan berikutnya; "
                f"{len(outcome.unknown)} tidak diketahui nasibnya dan tidak dikirim ulang. "
                f"{outcome.problem}".strip()
            )

    def _moment(self, text):
        now = timezone.now()
        if not text:
            return timezone.localdate(now), now
        try:
            today = parse_date(text)
        except DateError as error:
            raise CommandError(f"--today: {error}") from error
        return today, timezone.make_aware(datetime.combine(today, time(7)))
