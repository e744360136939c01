"""The tests' settings without their passwords: what is measured is what runs."""

from tests.settings import *  # noqa: F403
