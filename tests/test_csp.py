"""Nothing inline, nothing from elsewhere: the security policy needs no exception."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
PRINT_ONLY = {"print.css"}  # read by the PDF renderer as text, never sent to a browser

FORBIDDEN = {
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
    "inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "event attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "script address": re.compile(r"javascript:|hx-on|hx-vals=[\"']js:", re.IGNORECASE),
    "another host": re.compile(r"(?:src|href|action)=[\"'](?:https?:)?//", re.IGNORECASE),
}
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}


def name_of(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_holds_nothing_inline(path):
    if "print" in path.parts:
        return  # paper knows no policy; the PDF renderer fetches nothing
    text = path.read_text()
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_form_says_its_errors_in_the_summary(path):
    """crispy's own list of errors is silenced, so a page without the summary would hide some."""
    text = path.read_text()
    if re.search(r"\|crispy\b|{% crispy ", text) and not path.name.startswith("_"):
        assert "components/_error_summary.html" in text


@pytest.mark.parametrize("path", STYLES, ids=name_of)
def test_a_stylesheet_loads_only_our_own_files(path):
    if path.name not in PRINT_ONLY:
        text = re.sub(r'@import url\("[\w./-]+"\)[^;]*;', "", path.read_text())
        assert re.search(r"url\([\"']?data:|https?:|@import", text) is None


@pytest.mark.parametrize(
    "name", ["account_login", "account_reset_password", "reports:home", "sakip:user-list"]
)
def test_every_page_carries_the_policy(name, signed_in, cast):
    response = signed_in(cast.kadir).get(reverse(name))
    policy = response.headers["Content-Security-Policy"]
    assert {part.strip() for part in policy.split(";")} == POLICY


def test_a_page_not_found_carries_the_policy(client, db):
    assert "default-src 'none'" in client.get("/akun/tidak-ada/")["Content-Security-Policy"]
