"""Writes the search words of every renaksi and recommendation again."""

from django.core.management.base import BaseCommand

from recommendations.models import Recommendation, Renaksi
from recommendations.selectors import search


class Command(BaseCommand):
    help = "Rebuild the words by which every renaksi and recommendation is found."

    def add_arguments(self, parser):
        parser.add_argument(
            "--missing",
            action="store_true",
            help="only of what has none yet, as in a database older than the search",
        )

    def handle(self, *args, missing, **options):
        rows = Renaksi.objects.order_by("pk")
        parents = Recommendation.objects.order_by("pk")
        if missing:
            rows = rows.filter(search_document=None)
            parents = parents.filter(search_words=None)
        ids, of_parents = (list(found.values_list("pk", flat=True)) for found in (rows, parents))
        search.refresh(ids)
        search.refresh_recommendations(of_parents)
        if options["verbosity"]:
            self.stdout.write(
                f"Kata-kata {len(ids)} rencana aksi dan {len(of_parents)} rekomendasi disusun ulang."
            )
