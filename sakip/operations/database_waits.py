"""How long the database may let somebody wait: briefly on a page, long in a command or in the background.

A page that waits keeps a thread of the server from everybody else, so it gives up and says so (503).
An import or a reminder run has nobody who looks at a clock.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Waits:
    """All in seconds. `statement` and `idle` apply to PostgreSQL only: SQLite has no such limits."""

    lock: int
    statement: int
    idle: int


PAGES = Waits(lock=6, statement=15, idle=30)
# An import computes for minutes between its statements, within one transaction.
COMMANDS = Waits(lock=60, statement=10 * 60, idle=30 * 60)
CONNECT = 5


def limit(database: dict, waits: Waits) -> None:
    """Writes the limits into the settings of one database, before it is opened."""
    options = database.setdefault("OPTIONS", {})
    if "sqlite" in database["ENGINE"]:
        options["timeout"] = waits.lock
        return
    options["connect_timeout"] = CONNECT
    ours = (
        f"-c {name}={seconds}s"
        for name, seconds in (
            ("lock_timeout", waits.lock),
            ("statement_timeout", waits.statement),
            ("idle_in_transaction_session_timeout", waits.idle),
        )
    )
    # Of two values for one name PostgreSQL takes the last.
    options["options"] = " ".join([options.get("options", ""), *ours]).strip()
