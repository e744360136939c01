"""The application server; a reverse proxy in front of it speaks TLS. PORT and WEB_CONCURRENCY come
from the environment.
"""

import os
from pathlib import Path

wsgi_app = "sakip.wsgi"
bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"

# Threads wait for the database together; a second process answers while the first one draws a PDF.
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = True

timeout = 120
graceful_timeout = 30
# Drawing long documents fragments memory: a worker is replaced now and then, never all at once.
max_requests = 2000
max_requests_jitter = 500

# The heartbeat file in memory: a slow disk must not look like a hanging worker.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
control_socket_disable = True
