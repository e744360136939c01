"""Settings of gunicorn. A reverse proxy in front of it does TLS. PORT and WEB_CONCURRENCY come from the
environment or `.env`.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from sakip import environment  # noqa: E402  found only now

environment.load_env_file()
wsgi_app = "sakip.wsgi"
bind = f"127.0.0.1:{environment.read_int('PORT', default=8000, minimum=1, maximum=65_535)}"

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
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
control_socket_disable = True


def post_worker_init(worker):
    """Brings documents and imports whose process died to an end, also after the machine was off."""
    from sakip import background

    background.watch()
