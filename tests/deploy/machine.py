"""A server as `deploy/install` makes it. Its services run as their units say, without systemd."""

import os
import shlex
import shutil
import socket
import socketserver
import ssl
import subprocess
import threading
import time
from collections import defaultdict
from contextlib import closing, suppress
from http.client import HTTPSConnection
from pathlib import Path

import requests

from tests.hard.office import PASSWORD, Client

ROOT = Path(__file__).parent.parent.parent
HOME = Path("/srv/sakip")
UNITS = Path("/etc/systemd/system")
MEDIA = Path("/var/lib/sakip/media")
TLS = Path("/etc/sakip/tls")
HOST = "sakip.test"
URL = f"https://{HOST}"
STARTING = 180  # seconds


def run(*command, check=True, **options):
    options = {
        "capture_output": True,
        "text": True,
        "timeout": 300,
        "stdin": subprocess.DEVNULL,
    } | options
    result = subprocess.run(command, **options)
    assert not check or result.returncode == 0, f"{command}\n{result.stdout}\n{result.stderr}"
    return result


def read_service(name) -> dict[str, list[str]]:
    """What stands under [Service] of an installed unit and of the drop-in for all services of the program."""
    found, section = defaultdict(list), ""
    template = name.partition("@")[0] + ("@.service" if "@" in name else "")
    for file in (UNITS / "sakip-.service.d/hardening.conf", UNITS / template):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                section = line
            elif section in ("[Service]", "[Socket]") and "=" in line and not line.startswith("#"):
                key, _, value = line.partition("=")
                found[key].append(value)
    return found


class Machine:
    """What an administrator and systemd would do on the server."""

    def __init__(self):
        self.processes = {}
        self.environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": "/root"}

    # ── Installing ──────────────────────────────────────────────────────────────────────────────
    def bring_program(self):
        """Puts the files of the work tree where the administrator would put the release."""
        files = run(
            "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT
        ).stdout
        for name in filter(None, files.split("\0")):
            if (ROOT / name).is_file():
                (HOME / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, HOME / name)
        # What takes long is taken over: the packages of the lock file, the compressed static files.
        (HOME / ".venv").symlink_to((ROOT / ".venv").resolve())
        (HOME / ".venv/.installed").touch()
        shutil.copytree(ROOT / "staticfiles", HOME / "staticfiles")
        (HOME / "staticfiles/.collected").touch()
        for folder in Path(os.path.realpath(ROOT / ".venv/bin/python")).parents:
            folder.chmod(folder.stat().st_mode | 0o011)  # a Python of one's own may lie in /root

    def bring_certificate(self):
        """A certificate authority of our own, as the province has one, and a certificate by it."""
        TLS.mkdir(parents=True)
        authority, key = TLS.parent / "ca.pem", TLS.parent / "ca.key"
        new = [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
        ]
        run(*new, "-days", "2", "-subj", "/CN=Test CA", "-keyout", key, "-out", authority)
        run(
            *new, "-days", "1", "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}",
            "-addext", "basicConstraints=critical,CA:FALSE", "-CA", authority, "-CAkey", key,
            "-keyout", TLS / "privkey.pem", "-out", TLS / "fullchain.pem",
        )  # fmt: skip
        authority.chmod(0o644)
        shutil.copy(authority, "/tmp/ca.pem")
        with Path("/etc/hosts").open("a") as hosts:
            hosts.write(f"127.0.0.1 {HOST}\n")

    def start_postgres(self):
        version = max(os.listdir("/usr/lib/postgresql"), key=float)
        run("pg_createcluster", version, "main", "--", "--no-sync")
        run("pg_ctlcluster", version, "main", "start")

    def install(self):
        return run(HOME / "deploy/install", HOST, env=self.environment)

    def complete_settings(self):
        """What the script leaves to the administrator."""
        self.mail = MailServer()
        with Path("/etc/sakip/sakip.env").open("a") as settings:
            settings.write(
                f"EMAIL_URL=smtp://127.0.0.1:{self.mail.server_address[1]}\n"
                "DEFAULT_FROM_EMAIL=sakip@sakip.test\n"
                "OPERATOR_EMAIL=pengelola@sakip.test\n"
                "MFA_REQUIRED_FOR=none\n"  # the demo people have no second factor
            )

    # ── Commands and services ───────────────────────────────────────────────────────────────────
    def manage(self, *command, check=True):
        return run(
            "runuser", "-u", "sakip", "--", ".venv/bin/python", "manage.py", *command,
            cwd=HOME, env=self.environment, check=check,
        )  # fmt: skip

    def python(self, code):
        return self.manage("shell", "--verbosity", "0", "--command", code).stdout

    def _commands(self, name):
        """Every ExecStart of a unit, as its user and without the rights that the unit takes away."""
        service = read_service(name)
        instance = name.partition("@")[2].removesuffix(".service")
        rights = ["--reuid", service["User"][0], "--regid", service["Group"][0], "--init-groups"]
        rights += ["--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"]
        lines = [line.replace("%i", instance) for line in service["ExecStart"]]
        return service, [["setpriv", *rights, *shlex.split(line)] for line in lines]

    def start(self, name, *, listen=None):
        """Starts a service and leaves it running; `listen` is the socket that systemd would hand over."""
        service, (command,) = self._commands(name)
        environment, handed = dict(self.environment), ()
        if listen:
            handed = (3,)
            environment["LISTEN_FDS"] = "1"
            # systemd names the process that it starts; only the shell knows its number before that.
            command = ["sh", "-c", 'LISTEN_PID=$$ exec "$@"', "sh", *command]

        def prepare():
            os.umask(int(service["UMask"][0], 8))
            if listen:
                os.dup2(listen.fileno(), 3)

        with Path(f"/var/log/{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=service["WorkingDirectory"][0], env=environment, stdout=log, stderr=log,
                stdin=subprocess.DEVNULL, preexec_fn=prepare, pass_fds=handed, start_new_session=True,
            )  # fmt: skip

    def run_service(self, name):
        """Runs the service of a timer to its end."""
        service, commands = self._commands(name)
        mask = int(service["UMask"][0], 8)
        for command in commands:
            result = run(
                *command, cwd=service["WorkingDirectory"][0], env=self.environment, check=False,
                preexec_fn=lambda: os.umask(mask),
            )  # fmt: skip
            if result.returncode:
                break
        return result

    def open_socket(self):
        unit = {key: values[0] for key, values in read_service("sakip-web.socket").items()}
        path = Path(unit["ListenStream"])
        path.parent.mkdir(mode=0o755, exist_ok=True)
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(path))
        shutil.chown(path, unit["SocketUser"], unit["SocketGroup"])
        path.chmod(int(unit["SocketMode"], 8))
        self.listener.listen(int(unit["Backlog"]))

    def start_web(self):
        self.start("sakip-web.service", listen=self.listener)

    def start_nginx(self):
        run("nginx")
        self.wait_for("/akun/masuk/")

    def wait_for(self, path, status=200):
        end = time.monotonic() + STARTING
        while time.monotonic() < end:
            with suppress(requests.ConnectionError, requests.Timeout):
                if self.client().get(path, timeout=10).status_code == status:
                    return
            time.sleep(0.2)
        raise AssertionError(self.logs())

    def logs(self):
        logs = [*Path("/var/log").glob("sakip*.log"), *Path("/var/log/nginx").glob("*.log")]
        return "\n".join(f"── {log}\n{log.read_text()[-4000:]}" for log in logs)

    def stop(self, name):
        process = self.processes.pop(name)
        process.terminate()
        return process.wait(60)

    def stop_all(self):
        run("nginx", "-s", "quit", check=False)
        for name in list(self.processes):
            self.stop(name)
        self.listener.close()
        self.mail.shutdown()
        self.mail.server_close()

    # ── Readers ─────────────────────────────────────────────────────────────────────────────────
    def client(self, username="", password=PASSWORD):
        client = SecureClient(URL)
        if username:
            answer = client.sign_in(username, password)
            assert answer.status_code == 302, answer.text[:2000]
        return client


class MailServer(socketserver.ThreadingTCPServer):
    """Takes every mail and keeps its text in `received`."""

    def __init__(self):
        self.received = []
        super().__init__(("127.0.0.1", 0), MailConversation)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class MailConversation(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self):
        self.say("220 ready")
        for line in iter(self.rfile.readline, b""):
            word = line.strip().upper()
            if word == b"DATA":
                self.say("354 go on")
                text = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.received.append(text.decode())
            self.say("221 bye" if word == b"QUIT" else "250 OK")
            if word == b"QUIT":
                return


class SecureClient(Client):
    """The same through TLS, with our own certificate authority."""

    token_cookie = "__Host-csrf"

    def __init__(self, url):
        super().__init__(url)
        self.trust_env = False  # the machine may name certificates and proxies of its own
        self.verify = "/tmp/ca.pem"
        self.headers["Referer"] = f"{url}/"

    def get(self, path, **options):
        return super().get(path, **{"allow_redirects": False} | options)

    def raw(self, target) -> int:
        """The status of exactly this path; another client would tidy it up first."""
        trusted = ssl.create_default_context(cafile=self.verify)
        with closing(HTTPSConnection(HOST, context=trusted, timeout=10)) as connection:
            connection.putrequest("GET", target)
            cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.cookies)
            connection.putheader("Cookie", cookies)
            connection.endheaders()
            return connection.getresponse().status
