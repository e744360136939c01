"""A whole installation in a folder of its own: real server processes, a real database, real files."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import requests

ROOT = Path(__file__).parent.parent.parent
PASSWORD = "sakip-demo-2023"
STARTING = 180  # seconds
MOST_ASKED_AGAIN = 2  # of all who send at once, on the slowest disk of docs/keandalan.md


def pressed(send, asked_again: list) -> requests.Response:
    """The answer of `send()`. A program that a slow disk keeps busy may ask to press again: `asked_again` counts it."""
    while (answer := send()).status_code == 503:
        asked_again.append(answer)
        assert len(asked_again) <= MOST_ASKED_AGAIN, "too many are asked to press again"
    return answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Client(requests.Session):
    """A person with a browser: keeps cookies, sends the token against forged requests."""

    token_cookie = "csrftoken"

    def __init__(self, url):
        super().__init__()
        self.url = url

    def request(self, method, path, **options):
        options.setdefault("timeout", 120)
        options.setdefault("allow_redirects", False)
        headers = {**(options.pop("headers", None) or {})}
        if method == "POST":
            headers["X-CSRFToken"] = self.cookies.get(self.token_cookie, "")
        return super().request(method, self.url + path, headers=headers, **options)

    def sign_in(self, username, password=PASSWORD):
        self.get("/akun/masuk/")
        return self.post("/akun/masuk/", data={"login": username, "password": password})


class Office:
    """An installation with the demo people. `environment` are settings as in `.env`."""

    def __init__(self, folder: Path, database_url: str, **environment):
        self.folder, self.port, self.server = Path(folder), free_port(), None
        self.media = self.folder / "media"
        self.media.mkdir(parents=True, exist_ok=True)
        self.log = self.folder / "server.log"
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "sakip.settings",
            "DEBUG": "off",
            "HTTPS": "off",
            "SECRET_KEY": "a-key-for-tests-only-" + "x" * 40,
            "EMAIL_URL": "memorymail://",
            "DATABASE_URL": database_url,
            "MEDIA_ROOT": str(self.media),
            "PORT": str(self.port),
            **environment,
        }

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def manage(self, *command, check=True, **options):
        """Runs a management command to its end; the answer holds `returncode`, `stdout`, `stderr`."""
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            check=check,
            capture_output=True,
            text=True,
            **options,
        )

    def python(self, code, check=True):
        """Runs code with the installation's settings, as `manage.py shell` does; gives what it prints."""
        return self.manage("shell", "--verbosity", "0", "--command", code, check=check).stdout

    def start(self, workers=2):
        """Starts gunicorn and waits until it answers."""
        with self.log.open("ab") as log:
            self.server = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"],
                cwd=ROOT,
                env={**self.environment, "WEB_CONCURRENCY": str(workers)},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        end = time.monotonic() + STARTING
        while time.monotonic() < end:
            with suppress(requests.ConnectionError, requests.Timeout):
                requests.get(f"{self.url}/akun/masuk/", timeout=10)
                return
            if self.server.poll() is not None:
                break
            time.sleep(0.1)
        raise AssertionError(self.log.read_text()[-3000:])

    def stop(self):
        if self.server and self.server.poll() is None:
            self.server.terminate()
            self.server.wait(60)

    def kill(self):
        """Ends the server and all its workers at once, as a power cut does."""
        with suppress(ProcessLookupError):
            os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait(60)

    def client(self, username="", password=PASSWORD) -> Client:
        client = Client(self.url)
        if username:
            answer = client.sign_in(username, password)
            assert answer.status_code == 302, answer.text[:2000]
        return client
