"""How long the program takes to start, beside an empty Django project with the same packages.

The empty project is written to the folder of the run: our INSTALLED_APPS and MIDDLEWARE without what is ours,
the addresses of the admin site and of allauth, no model, no template. Both commands run in turn; counted is
the time of the processor, that of the interpreter included. The first page of a fresh worker is the sign-in
page of each, asked of the WSGI application after what gunicorn does before it makes its workers: for ours that
is `sakip.operations.warming`. What the modules take to load is in the row of the command.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

from benchmarks.measuring import ROOT, surroundings
from benchmarks.rows import Bound, Measurement, Row

LIMIT = 1.5
OURS = ("api", "sakip.", "performance", "recommendations", "reports", "workbooks")
EMPTY_SETTINGS = """
SECRET_KEY = "x" * 60
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = {apps}
MIDDLEWARE = {middleware}
ROOT_URLCONF = "empty_urls"
TEMPLATES = [{{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {{"context_processors": [
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]}},
}}]
DATABASES = {{"default": {{"ENGINE": "django.db.backends.sqlite3", "NAME": {database!r}}}}}
STATIC_URL = "static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "id"
USE_TZ = True
ACCOUNT_RATE_LIMITS = False
"""
EMPTY_URLS = """
from django.contrib import admin
from django.urls import include, path
urlpatterns = [path("admin/", admin.site.urls), path("akun/", include("allauth.urls"))]
"""
EMPTY_MANAGE = """
import sys
from django.core.management import execute_from_command_line
execute_from_command_line(sys.argv)
"""
FIRST_PAGE = """
import io, json, os, sys, time
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
path = sys.argv[1]
if sys.argv[2] == "warm":
    from sakip.operations.warming import warm_up
    warm_up()
def ask():
    request = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "SCRIPT_NAME": "", "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1", "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr}
    said = []
    begun = time.process_time()
    answer = application(request, lambda status, headers, error=None: said.append(status))
    b"".join(answer)
    answer.close()
    assert said == ["200 OK"], said
    return time.process_time() - begun
print(json.dumps([ask() for _ in range(9)]))
"""


def rows(bench):
    rounds = 2 if bench.quick else 9
    empty = _empty_project(bench.folder / "empty")
    database = bench.folder / "start.sqlite3"
    # The sign-in page of allauth asks for the providers of single sign-on.
    _run(["manage.py", "migrate", "-v0"], empty, _environment(database, "empty_settings"))
    ours, peer = _in_turn(
        lambda: _check(ROOT, _environment(database)),
        lambda: _check(empty, _environment(database, "empty_settings")),
        rounds=rounds,
    )
    yield Row("manage.py check", ours, bare=peer, limit=LIMIT)
    pages = _first_pages(empty, database, rounds)
    yield Row("first page of a fresh worker", pages["ours"], bare=pages["empty"], limit=LIMIT)
    yield Bound("… as times of the same page later", pages["again"], None, "×")


def _empty_project(folder: Path) -> Path:
    from sakip.settings.base import INSTALLED_APPS, MIDDLEWARE

    folder.mkdir(exist_ok=True)
    middleware = [name for name in MIDDLEWARE if not name.startswith(OURS)]
    before = middleware.index("django.middleware.common.CommonMiddleware")
    middleware.insert(before, "django.contrib.sessions.middleware.SessionMiddleware")
    middleware.insert(0, "django_structlog.middlewares.RequestMiddleware")
    middleware.remove("django.contrib.auth.middleware.LoginRequiredMiddleware")
    apps = ["django.contrib.admin", *(name for name in INSTALLED_APPS if not name.startswith(OURS))]
    settings = EMPTY_SETTINGS.format(
        apps=apps, middleware=middleware, database=str(folder / "db.sqlite3")
    )
    (folder / "empty_settings.py").write_text(settings)
    (folder / "empty_urls.py").write_text(EMPTY_URLS)
    (folder / "manage.py").write_text(EMPTY_MANAGE)
    return folder


def _environment(database, settings="benchmarks.settings") -> dict[str, str]:
    """Compiled modules are kept, as on every server."""
    kept = {"DJANGO_SETTINGS_MODULE": settings, "PYTHONDONTWRITEBYTECODE": ""}
    return surroundings(database) | {"MEDIA_ROOT": str(database.parent / "media")} | kept


def _check(folder, environment) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _run(["manage.py", "check"], folder, environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _first_pages(empty, database, rounds) -> dict:
    """The sign-in page of each, first in its process; `again` is ours ÷ the same page a moment later."""
    found: dict[str, list[list[float]]] = {"ours": [], "empty": []}
    for _ in range(rounds + 1):
        found["ours"].append(_asked(ROOT, _environment(database), "/akun/masuk/", "warm"))
        environment = _environment(database, "empty_settings")
        found["empty"].append(_asked(empty, environment, "/akun/login/", "cold"))
    first = {name: statistics.median(one[0] for one in times[1:]) for name, times in found.items()}
    later = statistics.median(seconds for one in found["ours"][1:] for seconds in one[1:])
    pages = {name: Measurement(seconds) for name, seconds in first.items()}
    return pages | {"again": first["ours"] / later}


def _asked(folder, environment, path, warm) -> list[float]:
    environment = environment | {"PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)])}
    return json.loads(_run(["-c", FIRST_PAGE, path, warm], folder, environment).splitlines()[-1])


def _run(arguments, folder, environment) -> bytes:
    """What the interpreter prints; an error tells the end of what it complained about."""
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True)
    if done.returncode:
        raise SystemExit(f"{arguments[:2]} has failed:\n{done.stderr.decode()[-3000:]}")
    return done.stdout


def _in_turn(*calls, rounds) -> list[Measurement]:
    """The median of each; the first round only compiles."""
    found = [[call() for call in calls] for _ in range(rounds + 1)][1:]
    return [Measurement(statistics.median(column)) for column in zip(*found, strict=True)]
