"""A page answers while the database takes no writes: it is full, locked, or a replica.

`tests/hard/test_reading.py` walks every page; here are those that also write something.
"""

import pytest
from django.db import connection, transaction
from django.urls import reverse

from tests.test_permission_matrix import EVERYONE, MATRIX, made_once, world  # noqa: F401

WRITES_BESIDE = {
    "reports:job-list",
    "reports:job-detail",
    "reports:report-download",
    "reports:finding-count",
    "reports:telaah-staf-issue",
    "recommendations:renaksi-detail",
    "recommendations:review-item",
}
READ = [row[:3] for row in MATRIX if "200" in row[2]]


def take_no_writes(on: bool):
    if connection.vendor == "sqlite":
        # Not through Django, which says nothing more to a database after an error.
        connection.connection.execute(f"PRAGMA query_only = {'ON' if on else 'OFF'}")
    elif on:  # ends with the savepoint of the test
        connection.cursor().execute("SET TRANSACTION READ ONLY")


def status_of(client, world, route, takes, codes):  # noqa: F811
    """The answer to the first person who may read the page."""
    client.raise_request_exception = False
    client.force_login(getattr(world.cast, EVERYONE[codes.split().index("200")]))
    with transaction.atomic():
        take_no_writes(True)
        try:
            answer = client.get(reverse(route, kwargs=world.arguments[takes]))
            if answer.streaming:
                b"".join(answer)  # read to its end, a file is closed
        finally:
            take_no_writes(False)
        transaction.set_rollback(True)
    return answer.status_code


@pytest.mark.parametrize(
    "row", [row for row in READ if row[0] in WRITES_BESIDE], ids=lambda r: r[0]
)
def test_a_page_that_writes_beside_is_read(client, world, row):  # noqa: F811
    assert status_of(client, world, *row) == 200
