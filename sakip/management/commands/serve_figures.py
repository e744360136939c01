"""Listens on METRICS_ADDRESS for Prometheus. gunicorn starts it and it ends with gunicorn."""

import os
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sakip.operations import figures

from prometheus_client import CollectorRegistry, multiprocess, start_http_server  # isort: skip

LOOK_SECONDS = 2  # between two looks at whether the parent lives


class Command(BaseCommand):
    help = "Serve figures for Prometheus on METRICS_ADDRESS, for as long as the starting process lives."

    def handle(self, **options):
        if not settings.METRICS_ADDRESS:
            raise CommandError("METRICS_ADDRESS is not set. Write METRICS_ADDRESS=127.0.0.1:9100.")
        host, port = settings.METRICS_ADDRESS
        parent = os.getppid()
        start_http_server(port, host, registry=registry())
        while os.getppid() == parent:
            time.sleep(LOOK_SECONDS)


def registry():
    """All processes together when they share a directory, else this process alone, and what is so now."""
    found = CollectorRegistry()
    if settings.METRICS_DIRECTORY:
        multiprocess.MultiProcessCollector(found)
    found.register(figures.Now())
    return found
