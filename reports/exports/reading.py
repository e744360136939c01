"""Whether the database would still tell the same: what was asked while a document was made.

A document is a function of what it reads. Asking the same questions again and comparing the answers
therefore tells, in a fraction of the time, whether it would come out the same: as long as every
answer is the same, so is every next question.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from hashlib import blake2b

from django.db import connection


class Reading:
    """The `questions` asked, as SQL, and in `answers` one hash over what the database told.

    Each is answered a moment before it is really asked: what changes in between makes the document
    newer than its hash, never older. `is_complete` is False once something else than a question
    went to the database.
    """

    def __init__(self):
        self.questions: list[str] = []
        self.is_complete = True
        self._listens = True
        self._hash = blake2b(digest_size=32)

    @property
    def answers(self) -> str:
        return self._hash.hexdigest()

    def __call__(self, execute, sql, params, many, context):
        if not self._listens:
            pass
        elif many or not sql.startswith(("SELECT", "WITH")):
            self.is_complete = False
        elif self.is_complete:
            self.ask(_spelled_out(context["cursor"], sql, params))
        return execute(sql, params, many, context)

    def unheard(self, function: Callable) -> Callable:
        """`function`, whose own traffic with the database is no part of the document."""

        def call(*args):
            self._listens = False
            try:
                return function(*args)
            finally:
                self._listens = True

        return call

    def ask(self, question: str) -> None:
        self.questions.append(question)
        with closing(connection.connection.cursor()) as cursor:
            cursor.execute(question)
            for row in cursor:
                self._hash.update(repr(row).encode())


def _spelled_out(cursor, sql, params) -> str:
    """The question with its values, ready to be asked again."""
    if connection.vendor == "postgresql":
        return connection.ops.compose_sql(sql, params)
    return connection.ops.last_executed_query(cursor, sql, params)


@contextmanager
def recorded() -> Iterator[Reading]:
    """What is read from the database within, by this thread."""
    reading = Reading()
    with connection.execute_wrapper(reading):
        yield reading


def answers_to(questions: Iterable[str]) -> str:
    """The hash over what the database tells now."""
    reading = Reading()
    connection.ensure_connection()
    for question in questions:
        reading.ask(question)
    return reading.answers
