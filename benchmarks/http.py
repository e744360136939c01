"""Requests per second of two server processes, asked by 8 and by 32 clients at once, on both databases.

The server is started as an installation starts it, with the gunicorn settings of `deploy/`; the stock admin
is served by the same processes. A client waits for each answer before it asks again. The mixed pages are the
list, one renaksi, the home page and the review queue; of the stock admin its list, the form of one renaksi,
its home page and the list filtered by status. Clients and server share the processors. Time per request is
the time of the whole round divided by the number of answers.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from itertools import cycle, islice

from benchmarks.measuring import ROOT, ask, surroundings
from benchmarks.province import COORDINATOR, EVALUATOR, LEADER, SUPERUSER
from benchmarks.rows import Measurement, Row
from benchmarks.visiting import EMPTY, STOCK

AIM = 7
LIMIT = 1 / 0.4  # at least 0.4 of the requests of the empty page
CLIENTS = (8, 32)
SECONDS, FULL_SECONDS = 1, 4
RENAKSI = 7  # the key of one
MIXES = {
    "ours": (
        (COORDINATOR, "/renaksi/"),
        (COORDINATOR, f"/renaksi/{RENAKSI}/"),
        (LEADER, "/"),
        (EVALUATOR, "/reviu/"),
    ),
    "peer": (
        (SUPERUSER, STOCK),
        (SUPERUSER, f"{STOCK}{RENAKSI}/change/"),
        (SUPERUSER, "/stock/"),
        (SUPERUSER, STOCK + "?status__exact=submitted"),
    ),
    "bare": ((COORDINATOR, EMPTY), (LEADER, EMPTY), (EVALUATOR, EMPTY)),
}
START = 180  # seconds that a server may take to answer for the first time


def rows(bench):
    seconds = SECONDS if bench.quick else FULL_SECONDS
    for name, database in bench.databases(bench.size, maker="make_province").items():
        cookies = ask("benchmarks.http:cookies", database=database)
        with served(database) as port:
            for clients in CLIENTS:
                found = {by: [] for by in MIXES}
                for _ in range(bench.rounds + 1):
                    for by, mix in MIXES.items():
                        visits = [(cookies[who], path) for who, path in mix]
                        found[by].append(hammer(port, visits, clients, seconds))
                ours, peer, bare = (Measurement(min(times[1:])) for times in found.values())
                row = f"HTTP, {clients} clients, {name}, time of one answer"
                yield Row(row, ours, peer, AIM, bare=bare, limit=LIMIT)


def warm_up():
    """Nothing: only sessions are made here."""


def cookies() -> dict[str, str]:
    """The header of a signed-in person by username. The first page gives a cookie too."""
    from benchmarks.visiting import client, page

    people = (COORDINATOR, EVALUATOR, LEADER, SUPERUSER)
    for who in people:
        page(who, EMPTY)
    return {
        who: "; ".join(f"{name}={one.value}" for name, one in client(who).cookies.items())
        for who in people
    }


@contextmanager
def served(database):
    """Starts the server as an installation does; gives its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
    surrounding = surroundings(database) | {"PORT": str(port), "WEB_CONCURRENCY": "2"}
    with (
        open(os.devnull, "w") as nowhere,
        subprocess.Popen(
            command, cwd=ROOT, env=surrounding, stdout=nowhere, stderr=nowhere
        ) as server,
    ):
        try:
            _wait_for(port, server)
            yield port
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)


def _wait_for(port, server):
    end, last = time.monotonic() + START, "nothing"
    while time.monotonic() < end and server.poll() is None:
        with suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/healthz")
            answer = connection.getresponse()
            last = f"{answer.status} {answer.read(300)!r}"
            if answer.status == 200:
                return
        time.sleep(0.2)
    raise SystemExit(f"The server did not start. It answers {last}; it ended with {server.poll()}.")


def hammer(port: int, visits, clients: int, seconds: float) -> float:
    """Lets so many clients ask for the pages in turn; returns the seconds per answer.

    Raises when an answer is not the page.
    """
    answers, wrong = [0] * clients, []
    gate = threading.Barrier(clients + 1)

    def ask_on(number):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        gate.wait()
        for cookie, path in islice(cycle(visits), number % len(visits), None):
            if time.perf_counter() > end or wrong:
                break
            try:
                connection.request("GET", path, headers={"Cookie": cookie})
                answer = connection.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException) as problem:
                wrong.append(f"{path}: {problem!r}")
                break
            if answer.status != 200:
                wrong.append(f"{path} answers {answer.status}")
            answers[number] += 1
        connection.close()

    threads = [threading.Thread(target=ask_on, args=(number,)) for number in range(clients)]
    end = float("inf")
    for thread in threads:
        thread.start()
    begun = time.perf_counter()
    end = begun + seconds
    gate.wait()
    for thread in threads:
        thread.join()
    if wrong:
        raise SystemExit(wrong[0])
    return (time.perf_counter() - begun) / sum(answers)
