"""Nonsense in a setting is refused with a sentence that says what to write."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from sakip import environment

ROOT = Path(__file__).parent.parent
LONG_KEY = "k" * 50


@pytest.fixture
def setting(monkeypatch):
    """Gives the environment variable X a value."""
    return lambda value: monkeypatch.setenv("X", value)


def refused(read, *args, **kwargs):
    with pytest.raises(ImproperlyConfigured) as caught:
        read("X", *args, **kwargs)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [("on", True), ("TRUE", True), (" 1 ", True), ("off", False), ("no", False), ("", False)],
)
def test_a_switch_is_on_or_off(setting, text, value):
    setting(text)
    assert environment.read_bool("X", default=not value) is value


@pytest.mark.parametrize("text", ["ja", "2", "onn"])
def test_any_other_switch_is_refused(setting, text):
    setting(text)
    assert f"X is “{text}”. Write X=on or X=off." in refused(environment.read_bool, default=False)


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "many", "²"])
def test_a_bad_count_is_refused(setting, text):
    setting(text)
    assert "whole number of at least 1" in refused(environment.read_int, default=20, minimum=1)


@pytest.mark.parametrize("text", ["", "0", "30,", "-1,7", "tiga", "7;1", "²"])
def test_days_that_are_none_are_refused(setting, text):
    setting(text)
    assert "such as X=30,7,1" in refused(environment.read_days, default=[30, 7, 1])


def test_days_are_read_in_order_and_once(setting, monkeypatch):
    setting("30, 1,7,7")
    assert environment.read_days("X", default=[5]) == [1, 7, 30]
    monkeypatch.delenv("X")
    assert environment.read_days("X", default=[5]) == [5]


def test_a_choice_names_what_there_is(setting):
    setting("c")
    assert "Write one of: a, b." in refused(environment.read_choice, "a", ("a", "b"))


@pytest.mark.parametrize("text", ["", "short", "k" * 49])
def test_a_missing_or_short_secret_key_is_refused(setting, text):
    setting(text)
    assert "shorter than 50 characters" in refused(environment.read_secret_key, debug=False)


def test_only_development_goes_without_a_secret_key(setting):
    setting("")
    assert "insecure" in environment.read_secret_key("X", debug=True)
    setting(LONG_KEY)
    assert environment.read_secret_key("X", debug=False) == LONG_KEY


@pytest.mark.parametrize(
    "text",
    ["https://sakip.example.go.id", "a b", "", "sakip.example.go.id:8000", "a,,b", "[::1]:80"],
)
def test_a_host_is_a_bare_name(setting, text):
    setting(text)
    assert "without http:// and without a port" in refused(environment.read_hosts, default=[])


def test_hosts_are_separated_by_commas(setting):
    setting("sakip.example.go.id, 127.0.0.1")
    assert environment.read_hosts("X", default=[]) == ["sakip.example.go.id", "127.0.0.1"]


@pytest.mark.parametrize("text", ["sakip.example.go.id", "https://", "https://a/b", "ftp://a"])
def test_an_origin_is_scheme_and_host(setting, text):
    setting(text)
    assert "whole origin" in refused(environment.read_origins)
    assert "whole origin" in refused(environment.read_origin, default="http://127.0.0.1:8000")


@pytest.mark.parametrize(
    "text",
    ["", "nonsense", "mysql://u@h/n", "sqlite:///", "postgres:///", "postgres://u:p@h:port/n"],
)
def test_a_bad_database_is_refused(setting, text):
    setting(text)
    assert "postgres://user:password@host:5432/name" in refused(environment.read_database, "")


@pytest.mark.parametrize(
    "text",
    [
        "mysql://sari:rahasia@host/name",
        "postgres:/sari:rahasia",
        "sari:rahasia@host",
        "rahasia",
    ],
)
def test_a_refusal_leaves_the_password_out(setting, text):
    setting(text)
    assert "rahasia" not in refused(environment.read_database, "")
    assert "rahasia" not in refused(environment.read_email, "")


@pytest.mark.parametrize("read", [environment.read_database, environment.read_email])
def test_a_value_with_a_dollar_is_never_the_default(setting, read):
    setting("$DATABASE_URL_OF_THE_OFFICE")
    assert "has no scheme" in refused(read, "sqlite:////srv/sakip/db.sqlite3")


def test_a_secret_may_begin_with_a_dollar(setting):
    setting("$" + LONG_KEY)
    assert environment.read_secret_key("X", debug=False) == "$" + LONG_KEY
    setting("$rahasia")
    assert environment.read_text("X") == "$rahasia"


def test_a_secret_may_stand_in_a_file(setting, monkeypatch, tmp_path):
    file = tmp_path / "secret_key"
    file.write_text(f"{LONG_KEY}\n")
    monkeypatch.setenv("X_FILE", str(file))
    assert environment.read_secret_key("X", debug=False) == LONG_KEY
    assert environment.read_key("X") == LONG_KEY
    assert environment.read_keys("X") == [LONG_KEY]
    setting(LONG_KEY)
    assert "both set" in refused(environment.read_secret)


def test_a_file_that_cannot_be_read_is_refused_without_its_text(monkeypatch, tmp_path):
    monkeypatch.setenv("X_FILE", str(tmp_path / "missing"))
    assert "cannot be read" in refused(environment.read_secret)
    (tmp_path / "bytes").write_bytes(b"\xffrahasia")
    monkeypatch.setenv("X_FILE", str(tmp_path / "bytes"))
    said = refused(environment.read_secret)
    assert ("not text" in said, "rahasia" in said) == (True, False)


def test_operators_are_addresses(setting):
    setting("a@example.go.id, b@example.go.id")
    assert environment.read_addresses("X") == ["a@example.go.id", "b@example.go.id"]
    setting("")
    assert environment.read_addresses("X") == []
    setting("a@example.go.id,b")
    assert "Write an address" in refused(environment.read_addresses)


@pytest.mark.parametrize("password", ["$rahasia", "ra#ha$ia"])
def test_signs_in_the_password_of_the_database_stay(setting, password):
    setting(f"postgres://sari:{password}@host/sakip")
    config = environment.read_database("X", default="")
    assert (config["PASSWORD"], config["HOST"]) == (password, "host")


@pytest.mark.parametrize("text", ["0", "65536", "http", "80a"])
def test_a_count_beyond_its_bounds_is_refused(setting, text):
    setting(text)
    said = refused(environment.read_int, default=8000, minimum=1, maximum=65_535)
    assert "at least 1 and at most 65535" in said


@pytest.mark.parametrize("text", ["", "sakip", "SAKIP <sakip>", "a b@c"])
def test_a_sender_is_an_address(setting, text):
    setting(text)
    assert "Write an address" in refused(environment.read_sender, "sakip@localhost")


@pytest.mark.parametrize("text", ["sakip@example.go.id", "SAKIP Kaltara <sakip@example.go.id>"])
def test_a_sender_may_have_a_name(setting, text):
    setting(text)
    assert environment.read_sender("X", "sakip@localhost") == text


@pytest.mark.parametrize(
    ("text", "host", "name"),
    [
        ("sqlite:////srv/sakip/db.sqlite3", "", "/srv/sakip/db.sqlite3"),
        ("postgres://sari:rahasia@host:5432/sakip", "host", "sakip"),
        ("postgres://sari@//run/postgresql/sakip", "/run/postgresql", "sakip"),
    ],
)
def test_databases_that_are_understood(setting, text, host, name):
    setting(text)
    config = environment.read_database("X", default="")
    assert (config["HOST"], config["NAME"]) == (host, name)


@pytest.mark.parametrize("text", ["", "mail.example.go.id", "smtp://host:port"])
def test_a_bad_mail_server_is_refused(setting, text):
    setting(text)
    assert "consolemail://" in refused(environment.read_email, "")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("media", "not absolute"),
        ("./media", "not absolute"),
        ("", "not absolute"),
        (__file__, "not a directory"),
        ("/", "of the system"),
        ("/var", "of the system"),
        ("/etc", "of the system"),
        ("/etc/sakip/../media", "of the system"),
        ("/srv/no-such-directory", "Make it, or mount its disk"),
    ],
)
def test_a_directory_is_one_of_the_programs_own(setting, text, says):
    setting(text)
    said = refused(environment.read_directory, "/srv")
    assert says in said
    assert "absolute path of a directory of its own" in said


def test_a_directory_must_be_writable(setting, tmp_path, monkeypatch):
    setting(str(tmp_path))
    assert environment.read_directory("X", "/srv") == tmp_path
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert "may not write" in refused(environment.read_directory, "/srv")


def test_the_usual_directory_is_made_when_it_is_needed(tmp_path):
    assert environment.read_directory("X", tmp_path / "media") == tmp_path / "media"


@pytest.mark.parametrize("text", ["", "WITA", "Asia", "../etc/passwd"])
def test_an_unknown_time_zone_is_refused(setting, text):
    setting(text)
    assert "Asia/Makassar" in refused(environment.read_time_zone, "Asia/Makassar")


def run(*command, **variables):
    """Runs a command of the project in a fresh process with the given settings."""
    variables = {
        "DJANGO_SETTINGS_MODULE": "sakip.settings",
        "SECRET_KEY": "kunci-" * 10,
        **variables,
    }
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_program_does_not_start_on_nonsense():
    result = run("manage.py", "check", DEBUG="maybe")
    assert result.returncode != 0
    assert "DEBUG is “maybe”. Write DEBUG=on or DEBUG=off." in result.stderr


@pytest.mark.parametrize(("name", "text"), [("PORT", "delapan"), ("WEB_CONCURRENCY", "0")])
def test_the_server_does_not_start_on_nonsense(name, text):
    command = ("-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--check-config")
    result = run(*command, **{name: text})
    assert result.returncode != 0
    assert f"{name} is “{text}”. Write a whole number of at least 1" in result.stderr


def test_a_production_installation_passes_the_deployment_checks():
    result = run(
        "manage.py",
        "check",
        "--deploy",
        "--fail-level=WARNING",
        DEBUG="off",
        HTTPS="on",
        ALLOWED_HOSTS="sakip.example.go.id",
        CSRF_TRUSTED_ORIGINS="https://sakip.example.go.id",
        SITE_URL="https://sakip.example.go.id",
        EMAIL_URL="smtp+tls://user:password@mail.example.go.id:587",
        DEFAULT_FROM_EMAIL="sakip@example.go.id",
        OPERATOR_EMAIL="pengelola@example.go.id",
        DATABASE_URL="sqlite:///:memory:",  # the settings alone are looked at
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.django_db
def test_every_model_change_has_its_migration():
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


def test_a_secret_key_is_made_once_and_for_the_owner_only(tmp_path):
    file = tmp_path / ".env"
    file.write_text("DEBUG=off\nSECRET_KEY=\n")
    assert run("scripts/make_env.py", str(file)).returncode == 0
    made = file.read_text()
    debug, key = made.splitlines()
    assert debug == "DEBUG=off"
    assert len(key.removeprefix("SECRET_KEY=")) >= 50
    assert stat.S_IMODE(file.stat().st_mode) == 0o600

    assert run("scripts/make_env.py", str(file)).returncode == 0
    assert file.read_text() == made


@pytest.mark.parametrize("text", ["bukti", "/bukti", "bukti/", "/", "/bukti dukung/"])
def test_an_internal_location_begins_and_ends_with_a_slash(setting, text):
    setting(text)
    assert "begins and ends with a slash" in refused(environment.read_url_prefix)


@pytest.mark.parametrize("text", ["", "/bukti-internal/"])
def test_an_internal_location_may_be_left_out(setting, text):
    setting(text)
    assert environment.read_url_prefix("X") == text


# ── Signing in ──────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("text", ["none,everybody", "evaluator", "", "evaluators;coordinators"])
def test_a_bad_list_of_choices_is_refused(setting, text):
    setting(text)
    words = refused(environment.read_choices, ["none"], ["none", "evaluators", "everybody"])
    assert "Write X=none, or one or more of evaluators, everybody" in words


@pytest.mark.parametrize(
    "text", ["sso.example.go.id", "http://sso.example.go.id", "https://", "http://localhost/a b"]
)
def test_an_issuer_without_tls_is_refused(setting, text):
    setting(text)
    assert "https address of the identity provider" in refused(environment.read_issuer)


def test_an_issuer_may_have_a_path(setting):
    setting("https://sso.example.go.id/realms/asn/")
    assert environment.read_issuer("X") == "https://sso.example.go.id/realms/asn"
