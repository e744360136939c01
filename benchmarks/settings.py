"""The tests' settings: what is measured is what runs. Files are kept for the next measurement."""

import os

from tests.settings import *  # noqa: F403

MEDIA_ROOT = os.environ["MEDIA_ROOT"]
