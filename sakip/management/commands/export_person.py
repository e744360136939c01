"""Writes everything that is held on one person into a file, for that person."""

import json
import os
from pathlib import Path

import structlog
from django.core.management.base import BaseCommand, CommandError

from sakip.models import User
from sakip.selectors.person_data import held_on

logger = structlog.get_logger(__name__)


class Command(BaseCommand):
    help = "Write everything that is held on one person into a new JSON file."

    def add_arguments(self, parser):
        parser.add_argument("username", metavar="USERNAME")
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *, username, file, **options):
        person = User.objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"Tidak ada pengguna bernama “{username}”.")
        try:
            number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise CommandError(f"Berkas {file} tidak dapat dibuat: {error.strerror}.") from error
        with os.fdopen(number, "w", encoding="utf-8") as output:
            json.dump(held_on(person), output, ensure_ascii=False, indent=2, default=str)
        logger.info("person_data_exported", person=person.pk)
        self.stdout.write(f"Data {person} ditulis ke {file}.")
