"""Measures several calls in one process, in turn, by the time of the processor that they use.

Other work on the machine makes a wall clock run ahead; the time of the processor stays nearly the same, and
interleaving spreads what is left over all calls. The time of the PostgreSQL process that serves this
connection is added, so a slow query cannot hide behind the socket (Linux tells it in nanoseconds).
"""

import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path

LONG = (
    5  # seconds that one call may take in all its rounds; it is called once even if it takes longer
)


def take_turns(calls: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, float]:
    """The median seconds of each call over `rounds` rounds, after one call each to warm up.

    Every second round goes backwards, so that no call always follows the same one. A call that takes
    seconds, as many of the peer do, is stable enough after fewer rounds.
    """
    shares = {name: max(1, int(LONG / max(used_by(call), 1e-6))) for name, call in calls.items()}
    found: dict[str, list[float]] = {name: [] for name in calls}
    order = list(calls)
    for turn in range(rounds):
        for name in order:
            if turn < shares[name]:
                found[name].append(used_by(calls[name]))
        order.reverse()
    return {name: statistics.median(seconds) for name, seconds in found.items()}


def used_by(call: Callable[[], object]) -> float:
    """The seconds of the processor that a call uses, with those of its database."""
    before = time.process_time(), _of_database()
    call()
    after = time.process_time(), _of_database()
    (process, (pid, used)), (process_after, (pid_after, used_after)) = before, after
    in_database = used_after - used if pid == pid_after else used_after
    return process_after - process + in_database


def _of_database() -> tuple[int, float]:
    """The process of PostgreSQL behind the connection and the seconds it has used. (0, 0) on SQLite."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0, 0.0
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    return pid, int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
