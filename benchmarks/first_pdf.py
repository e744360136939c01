"""A server process that has answered pages and has not printed yet."""

import time
from http import HTTPStatus

from benchmarks.pdf import ours, reader

ADDRESS = "/laporan/follow-up-table/"
TIMES = 100


def warm_up():
    from reports.exports import validity

    validity.program_version()
    page()


def page() -> bytes:
    from django.test import Client

    client = Client()
    client.force_login(reader())
    response = client.get(ADDRESS)
    if response.status_code != HTTPStatus.OK:
        raise SystemExit(f"{ADDRESS} answers {response.status_code}.")
    return response.content


def pdf() -> bytes:
    return ours()


def pages() -> bytes:
    """Many pages, with pauses in which others may go on."""
    for _ in range(TIMES):
        found = page()
        time.sleep(0.02)
    return found
