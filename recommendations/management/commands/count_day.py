"""Counts the renaksi of today by status; `--backfill` computes earlier days from the history."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from recommendations.models import Evaluation
from recommendations.services.daily_counts import backfill, count_day
from sakip.arguments import whole
from sakip.history import chain

MOST_DAYS = 36_500  # a hundred years; no history is longer


class Command(BaseCommand):
    help = "Count today's progress for the trend. send_reminders does it too, every day."

    def add_arguments(self, parser):
        parser.add_argument(
            "--backfill",
            metavar="DAYS",
            help="fill days before that were not counted, as far as history tells them",
        )

    def handle(self, **options):
        today, days = timezone.localdate(), whole("--backfill", options["backfill"], high=MOST_DAYS)
        self.stdout.write(f"{count_day(today=today)} hitungan hari ini.")
        chain.log_head()
        if days:
            filled = sum(
                backfill(evaluation=evaluation, today=today, days=days)
                for evaluation in Evaluation.objects.all()
            )
            self.stdout.write(f"{filled} hitungan hari-hari sebelumnya.")
