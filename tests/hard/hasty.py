"""The program's settings with workers that are missed sooner, so that fifty can be killed in a few minutes."""

from sakip.settings import *  # noqa: F403

WORKER_BEAT_SECONDS = 0.5
WORKER_SILENT_SECONDS = 2
WORKER_WATCH_SECONDS = 0.5
