"""Spells the words of every renaksi anew, for the search."""

from django.core.management.base import BaseCommand

from recommendations import search
from recommendations.models import Renaksi


class Command(BaseCommand):
    help = "Rebuild the words by which every renaksi is found."

    def handle(self, *args, **options):
        ids = list(Renaksi.objects.order_by("pk").values_list("pk", flat=True))
        search.refresh(ids)
        self.stdout.write(f"Kata-kata {len(ids)} renaksi disusun ulang.")
