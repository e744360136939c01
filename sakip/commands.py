"""What our command lines share: whom they act for."""

from argparse import ArgumentTypeError

from django.core.management.base import CommandError

from sakip.models import User
from sakip.policy import SYSTEM


def add_actor(parser, *, system=True):
    """`--as USERNAME` or, where the program itself may do it, `--as-system`: one of them must be written."""
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
    """An empty one is a variable that nobody has set; it must not become everybody."""
    if not text.strip():
        raise ArgumentTypeError("Nama pengguna kosong. Tulis namanya sesudah --as.")
    return text


def actor(*, username, as_system=False, **options):
    """The active person with this name, or the system itself where that is asked for."""
    if as_system:
        return SYSTEM
    person = User.objects.filter(username=username, is_active=True).first()
    if person is None:
        raise CommandError(f"Tidak ada pengguna aktif bernama “{username}”.")
    return person
