"""Loads the reference data and the source document of 2023."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from reports.seed.source import load_source, sentence


class Command(BaseCommand):
    help = "Load the reference data and the source document; what exists is left alone."

    def handle(self, **options):
        self.stdout.write(sentence(load_source(at=timezone.now())))
