"""Exit code 0 when the program answers on its socket. Run by the health check of the container."""

import http.client
import os
import socket
import sys

with socket.socket(socket.AF_UNIX) as connection:
    connection.settimeout(4)
    connection.connect(os.environ["LISTEN_SOCKET"])
    # A name that is always allowed, and HTTPS, or the answer is only the way to it.
    host = os.environ.get("ALLOWED_HOSTS", "127.0.0.1").partition(",")[0]
    request = f"GET /healthz HTTP/1.0\r\nHost: {host}\r\nX-Forwarded-Proto: https\r\n\r\n"
    connection.sendall(request.encode())
    answer = http.client.HTTPResponse(connection)
    answer.begin()
    sys.exit(answer.status != 200)
