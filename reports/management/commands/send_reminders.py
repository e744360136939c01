"""Writes reminders of due dates into the inboxes, sends every person the digest of the day, and on Mondays
the figures to those who chose them."""

from datetime import datetime, time

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from recommendations.figures import keeping as figures
from recommendations.services.daily_counts import count_day
from recommendations.services.mail_digest import send_digests, waiting
from recommendations.services.reminders import remind
from reports.services.weekly_mail import send_weekly, wanted
from sakip.arguments import day
from sakip.consistency import keeping as findings
from sakip.dates import format_date
from sakip.history import chain, version


class Command(BaseCommand):
    help = (
        "Remind of due dates, mail each person one digest a day, and on Mondays the figures to those who chose "
        "them. Running again sends nothing twice."
    )

    def add_arguments(self, parser):
        parser.add_argument("--today", metavar="YYYY-MM-DD", help="as if it were this day")
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="print what would be sent; write and send nothing",
        )

    def handle(self, *, today, dry_run, **options):
        today, at = _moment(day("--today", today))
        with transaction.atomic():
            self.stdout.write(f"{remind(today=today, at=at)} pengingat baru.")
            self._count(today)
            if dry_run:
                for person, notices in waiting(today=today, at=at):
                    self.stdout.write(f"{person.email}: {len(notices)} pemberitahuan")
                for _, person in wanted(today=today):
                    self.stdout.write(f"{person.email}: ringkasan mingguan")
                transaction.set_rollback(True)
                return
        chain.log_head()
        findings.renew()  # so that no reader has to wait for the changes of a whole day
        figures.renew(timezone.localdate())
        version.current()
        outcome = send_digests(today=today, at=at)
        self.stdout.write(f"{len(outcome.sent)} surel terkirim.")
        weekly = send_weekly(today=today)
        if weekly.sent:
            self.stdout.write(f"{len(weekly.sent)} ringkasan mingguan terkirim.")
        outcome += weekly
        if outcome.failed:
            raise CommandError(
                f"{len(outcome.refused)} surel ditolak peladen dan dicoba lagi pada jalan berikutnya; "
                f"{len(outcome.unknown)} tidak diketahui nasibnya dan tidak dikirim ulang. "
                f"{outcome.problem}".strip()
            )

    def _count(self, today):
        """Does nothing when `today` is not the real date: the state of another day is not known."""
        if today == timezone.localdate():
            count_day(today=today)
        else:
            self.stdout.write(f"Hitungan harian dibiarkan: {format_date(today)} bukan hari ini.")


def _moment(today):
    now = timezone.now()
    if today is None:
        return timezone.localdate(now), now
    return today, timezone.make_aware(datetime.combine(today, time(7)))
