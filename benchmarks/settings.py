"""The settings of the tests, with the pages of the peer, and a MEDIA_ROOT that the next measurement finds again."""

import os

from tests.settings import *  # noqa: F403

MEDIA_ROOT = os.environ.get("MEDIA_ROOT") or MEDIA_ROOT  # noqa: F405
ROOT_URLCONF = "benchmarks.urls"
ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
