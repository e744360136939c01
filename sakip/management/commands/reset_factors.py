"""Takes the second factors off an account, for the last administrator who lost the phone."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sakip.errors import WrongState
from sakip.models import User
from sakip.policy import SYSTEM
from sakip.services.factors import reset_factors


class Command(BaseCommand):
    help = "Mengatur ulang verifikasi dua langkah satu akun. Tercatat dalam riwayat akun itu."

    def add_arguments(self, parser):
        parser.add_argument("username", help="nama pengguna yang kehilangan ponsel atau kuncinya")

    def handle(self, *args, username, **options):
        person = User.objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"Tidak ada pengguna bernama “{username}”.")
        try:
            reset_factors(person=person, actor=SYSTEM, at=timezone.now())
        except WrongState as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Verifikasi dua langkah {person} sudah diatur ulang.")
