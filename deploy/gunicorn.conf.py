"""Settings of gunicorn. A reverse proxy in front of it does TLS. The environment gives PORT and
WEB_CONCURRENCY.
"""

import os
from pathlib import Path

wsgi_app = "sakip.wsgi"
bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"

# Threads are enough while requests wait for the database. A second process answers while the first one
# makes a PDF.
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
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
