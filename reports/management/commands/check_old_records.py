"""Lists records that may be wrong because of faults in version 0.1 before 28 November 2026.

See docs/pemeriksaan-data.md.
"""

import json

from django.core.management.base import BaseCommand

from reports.selectors.old_faults import SUSPICIONS


class Command(BaseCommand):
    help = "List records that earlier faults of the program may have harmed. Writes nothing."

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, format, **options):
        found = {suspicion.code: suspicion.lines() for suspicion in SUSPICIONS}
        if format == "json":
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
            return
        for suspicion in SUSPICIONS:
            lines = found[suspicion.code]
            self.stdout.write(f"{suspicion.title}: {len(lines)}")
            for line in lines:
                self.stdout.write(f"  - {line}")
            if lines:
                self.stdout.write(f"  Periksa: {suspicion.advice}")
