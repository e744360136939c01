"""Settings of gunicorn. A reverse proxy in front of it does TLS. PORT and WEB_CONCURRENCY come from the
environment or `.env`.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from gunicorn.http.wsgi import Response

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from sakip import environment  # noqa: E402  found only now

environment.load_env_file()
wsgi_app = "sakip.wsgi"
port = environment.read_int("PORT", default=8000, minimum=1, maximum=65_535)
# Behind a proxy on a Unix socket, whose directory says who may connect. systemd hands over one of its own.
listen_socket = environment.read_file("LISTEN_SOCKET")
bind = f"unix:{listen_socket}" if listen_socket else f"127.0.0.1:{port}"
umask = 0o007  # of that socket: the owner and the group of its directory
os.umask(0o027)  # of all files that the program makes

# Threads are enough while requests wait for the database. A second process answers while the first one
# makes a PDF.
workers = environment.read_int("WEB_CONCURRENCY", default=2, minimum=1, maximum=64)
threads = 4
preload_app = True

timeout = 120
graceful_timeout = 30
# Making long documents fragments memory, so each worker is replaced after some requests, but not all
# workers at the same time.
max_requests = 2000
max_requests_jitter = 500

# Keeps the heartbeat file in memory: with a slow disk a worker could seem to hang.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  a directory of the system
control_socket_disable = True


# Figures for Prometheus. The listener is a process of its own: one that asks the database may not be forked.
figures_address = environment.read_text("METRICS_ADDRESS").strip()
if figures_address:
    figures_directory = Path(
        environment.read_text("METRICS_DIRECTORY") or tempfile.mkdtemp(prefix="sakip-figures-")
    )
    figures_directory.mkdir(mode=0o750, parents=True, exist_ok=True)
    os.environ["METRICS_DIRECTORY"] = str(figures_directory)  # also for the processes that we start


def on_starting(server):
    if figures_address:
        for file in figures_directory.glob("*.db"):  # counted before the last start
            file.unlink()


def _listen_for_figures():
    if figures_address:
        command = [sys.executable, "manage.py", "serve_figures"]
        subprocess.Popen(command, cwd=Path(__file__).resolve().parent.parent)  # noqa: S603  every word is ours


def child_exit(server, worker):
    if figures_address:
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)


def post_worker_init(worker):
    """Brings documents and imports whose process died to an end, also after the machine was off."""
    from sakip import background

    background.watch()


# The program imports these when it first needs them, so that commands start fast; a server needs them all.
NEEDED_LATER = (
    "api.v1.routes",
    "icalendar",
    "reports.documents.telaah_staf.word.printing",
    "reports.renderers.xlsx",
    "sakip.uploads.pdf",
    "workbooks.word.drafts",
    "xlsxwriter",
    "zxcvbn",
)


def when_ready(server):
    """Called before the workers are made. Loads what they share, and writes the version and the head of the
    history into the log, so that a cut while the program was down is noticed.
    """
    from django.db import DatabaseError, connections

    from sakip.history import chain
    from sakip.operations import log_lines, warming

    log_lines.tell_start("web")
    warming.warm_up(NEEDED_LATER)

    _listen_for_figures()
    try:
        chain.log_head()
    except DatabaseError as error:  # the program starts nevertheless and says so on its pages
        server.log.error("The head of the history cannot be read: %s", error)
    finally:
        connections.close_all()


# An answer does not tell which server made it. gunicorn has no setting for this.
with_server = Response.default_headers


def without_server(response):
    return [line for line in with_server(response) if not line.startswith("Server:")]


Response.default_headers = without_server
