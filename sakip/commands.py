"""Options that our commands share: the person in whose name a command acts."""

from argparse import ArgumentTypeError

from django.core.management.base import CommandError

from sakip.models import User
from sakip.policy import SYSTEM


def add_actor(parser, *, system=True):
    """Adds `--as USERNAME` and, with `system`, `--as-system`. The caller must give one of them."""
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument(
        "--as",
        dest="username",
        type=_username,
        metavar="USERNAME",
        help="for this person, with what this person may see",
    )
    if system:
        choice.add_argument(
            "--as-system", action="store_true", help="for nobody, with everything there is"
        )


def _username(text):
    """Refuses an empty name: it comes from an unset shell variable and must not mean everybody."""
    if not text.strip():
        raise ArgumentTypeError("Nama pengguna kosong. Tulis namanya sesudah --as.")
    return text


def actor(*, username, as_system=False, **options):
    """The active person with this user name, or the system actor when `as_system` is given."""
    if as_system:
        return SYSTEM
    person = User.objects.filter(username=username, is_active=True).first()
    if person is None:
        raise CommandError(f"Tidak ada pengguna aktif bernama “{username}”.")
    return person
