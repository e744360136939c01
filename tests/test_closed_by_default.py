"""What holds for every page and form at once, also for those that nobody has written yet."""

import ast
from pathlib import Path

from django.conf import settings
from django.urls import get_resolver

ROOT = Path(__file__).parent.parent
APPS = ("sakip", "performance", "recommendations", "workbooks", "reports", "api")
# This view sets the upload handler first, and then checks the token itself (tests/reports/test_verification.py).
CHECKS_ITSELF = {"reports.views.verification"}
# Reads only, with a token that no other site can send.
WRITES_NOTHING = {"api.views.door"}


def views(patterns=None):
    for pattern in patterns or get_resolver().url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from views(pattern.url_patterns)
        else:
            yield pattern.callback


def test_every_page_that_is_sent_something_asks_for_the_token():
    assert "django.middleware.csrf.CsrfViewMiddleware" in settings.MIDDLEWARE
    exempt = {view.__module__ for view in views() if getattr(view, "csrf_exempt", False)}
    assert exempt == CHECKS_ITSELF | WRITES_NOTHING


def test_every_form_names_the_fields_that_it_writes():
    """A new column of a table is then in no form by itself."""
    found = []
    for path in (path for app in APPS for path in (ROOT / app).rglob("*.py")):
        for meta in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(meta, ast.ClassDef) and meta.name == "Meta":
                for node in meta.body:
                    names = [ast.unparse(target) for target in getattr(node, "targets", ())]
                    if "exclude" in names or (
                        names == ["fields"] and "__all__" in ast.unparse(node.value)
                    ):
                        found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []
