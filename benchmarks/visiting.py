"""Pages as people ask for them, all in one process with one signed-in client for each person.

EMPTY is the page that others are compared with: what every signed-in page does before it shows anything.
"""

from collections.abc import Mapping
from functools import cache

from benchmarks.measuring import ask
from benchmarks.province import OF_ONE_BODY
from benchmarks.rows import Measurement
from sakip.kept_filters import PREFIX

EMPTY = "/dokumen-saya/"
STOCK = "/stock/recommendations/renaksi/"  # the list of the peer (`stock.py`)
FEW_ROUNDS, MANY_ROUNDS = 3, 15


def page_times(
    bench,
    database,
    visits: Mapping[str, tuple[str, str]],
    *,
    rounds: int | None = None,
    after: str = "",
) -> dict[str, Measurement]:
    """The time of each visit: a name with (username, path). They take turns (`turns.py`).

    `after` one of CHANGES, which comes before each visit: something has been written meanwhile.
    """
    rounds = rounds or (FEW_ROUNDS if bench.quick else MANY_ROUNDS)
    found = ask("benchmarks.visiting:visit", visits, rounds, after, database=database)
    return {name: Measurement(seconds) for name, seconds in found.items()}


def warm_up():
    """The first round of `take_turns` warms up."""


def visit(visits, rounds, after="") -> dict[str, float]:
    from benchmarks.turns import take_turns

    def call(who, path):
        if after:
            CHANGES[after]()
        return page(who, path)

    calls = {
        name: lambda who=who, path=path: call(who, path) for name, (who, path) in visits.items()
    }
    return take_turns(calls, rounds=rounds)


def _change_common():
    from sakip.history import version

    version.note_change()


def _change_last_body():
    from sakip.history import version
    from sakip.models import Unit

    version.note_change(Unit.objects.bodies().latest("pk").pk)


def _change_own_body():
    from sakip.history import version
    from sakip.models import User

    version.note_change(User.objects.get(username=OF_ONE_BODY).unit_id)


# A write of the follow-up concerns one body; what concerns more than one is a common write.
CHANGES = {
    "a common write": _change_common,
    "a write of the own body": _change_own_body,
    "a write of another body": _change_last_body,
}


def page(username: str, path: str):
    """Asks for one page; raises when the answer is not the page itself."""
    visitor = client(username)
    for name in [one for one in visitor.cookies if one.startswith(PREFIX)]:
        del visitor.cookies[name]  # the filters of the visit before
    response = visitor.get(path)
    if response.status_code != 200:
        raise SystemExit(f"{path} answers {response.status_code} to {username}.")
    return response


@cache
def client(username: str):
    from django.test import Client

    from sakip.models import User

    found = Client()
    found.force_login(User.objects.get(username=username))
    return found
