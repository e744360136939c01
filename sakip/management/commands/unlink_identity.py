"""Takes the identity of the province's provider off an account, so that another one may be linked."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sakip.models import User
from sakip.policy import SYSTEM
from sakip.services.identities import unlink


class Command(BaseCommand):
    help = "Menghapus tautan satu akun dengan identitas provinsi. Tercatat dalam riwayat akun itu."

    def add_arguments(self, parser):
        parser.add_argument("username", help="nama pengguna di program ini")

    def handle(self, *args, username, **options):
        person = User.objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"Tidak ada pengguna bernama “{username}”.")
        if not unlink(person=person, actor=SYSTEM, at=timezone.now()):
            raise CommandError(f"Akun {person} tidak ditautkan dengan identitas provinsi.")
        self.stdout.write(f"Tautan identitas {person} sudah dihapus.")
