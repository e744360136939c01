"""The settings of the tests, with the pages of the peer, and a MEDIA_ROOT that the next measurement finds again."""

import os

from tests.settings import *  # noqa: F403

MEDIA_ROOT = os.environ.get("MEDIA_ROOT") or MEDIA_ROOT  # noqa: F405
ROOT_URLCONF = "benchmarks.urls"
ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
if "postgresql" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    # A query is worked off by one process, whose time is counted (`turns.py`).
    options = DATABASES["default"]["OPTIONS"]  # noqa: F405
    options["options"] += " -c max_parallel_workers_per_gather=0"
