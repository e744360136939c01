"""Writes the search words of every renaksi again."""

from django.core.management.base import BaseCommand

from recommendations.models import Renaksi
from recommendations.selectors import search


class Command(BaseCommand):
    help = "Rebuild the words by which every renaksi is found."

    def add_arguments(self, parser):
        parser.add_argument(
            "--missing",
            action="store_true",
            help="only of renaksi that have none yet, as in a database older than the search",
        )

    def handle(self, *args, missing, **options):
        rows = Renaksi.objects.order_by("pk")
        if missing:
            rows = rows.filter(search_document=None)
        ids = list(rows.values_list("pk", flat=True))
        search.refresh(ids)
        if options["verbosity"]:
            self.stdout.write(f"Kata-kata {len(ids)} renaksi disusun ulang.")
