"""What our command lines share: whom they act for."""

from django.core.management.base import CommandError

from sakip.models import User
from sakip.permissions import SYSTEM


def add_actor(parser, *, required=False):
    help_text = (
        "for this person"
        if required
        else "show only what this person may see; without it, everything"
    )
    parser.add_argument(
        "--as", dest="username", metavar="USERNAME", required=required, help=help_text
    )


def actor(username):
    """The active person with this name, or the system itself when none is given."""
    if not username:
        return SYSTEM
    person = User.objects.filter(username=username, is_active=True).first()
    if person is None:
        raise CommandError(f"Tidak ada pengguna aktif bernama “{username}”.")
    return person
