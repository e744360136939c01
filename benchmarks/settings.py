"""The settings of the tests, but MEDIA_ROOT is a folder that keeps files for the next measurement."""

import os

from tests.settings import *  # noqa: F403

MEDIA_ROOT = os.environ["MEDIA_ROOT"]
