"""Commands start without the libraries that only some files need; a server has everything before its first page."""

import ast
import gc
import subprocess
import sys
from pathlib import Path

from django.template import engines
from django.urls import get_resolver, reverse

from sakip.operations import warming

ROOT = Path(__file__).resolve().parent.parent
# What draws, reads or signs a file, and the door that lets it in.
LATER = {
    "ninja": "api.views.door",
    "pydantic": "api.views.door",
    "docx": "reports.renderers, workbooks.word.services",
    "docxtpl": "reports.services.word_templates",
    "fontTools": "reports.renderers",
    "icalendar": "recommendations.views.calendar",
    "jwt": "sakip.sign_in.identity",
    "markdown_it": "sakip.guides.reading",
    "magic": "sakip.uploads.real_type",
    "pikepdf": "sakip.uploads.contents, reports.exports.catalogue",
    "pypdfium2": "sakip.uploads.page_pictures",
    "pyhanko": "reports.verification.signing",
    "weasyprint": "reports.typesetting.engine",
    "xlsxwriter": "workbooks.writers",
    "zxcvbn": "sakip.sign_in.passwords",
    "reports.definitions.matrix": "reports.definitions",
    "reports.documents.dossier.document": "reports.exports.catalogue",
    "reports.renderers.pdf": "reports.renderers",
}
SELDOM = {
    "docxtpl",
    "jwt",
    "magic",
    "pyhanko",
    "pypdfium2",
    "weasyprint",
}  # not even a server needs them at once
CHECK = """
import sys, importlib, django
django.setup()
django.core.management.call_command("check", verbosity=0)
print("then", *sys.modules)
from sakip.later import WAITING
for name in (*sys.argv[1:], *WAITING):
    importlib.import_module(name)
print("later", *sys.modules)
"""


def test_libraries_that_only_some_files_need_are_left_out_of_commands_and_loaded_by_a_server():
    command = [sys.executable, "-c", f"import django.core.management\n{CHECK}", *needed_later()]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    then, later = (set(line.split()) for line in done.stdout.splitlines()[-2:])
    assert [f"{name} came past {LATER[name]}" for name in LATER.keys() & then] == []
    assert LATER.keys() - later <= SELDOM


def needed_later():
    """NEEDED_LATER of deploy/gunicorn.conf.py, which is not imported: it changes the umask."""
    tree = ast.parse((ROOT / "deploy" / "gunicorn.conf.py").read_text())
    (found,) = (
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "NEEDED_LATER"
    )
    return ast.literal_eval(found)


def test_a_server_is_warm_before_its_first_page(monkeypatch):
    monkeypatch.setattr(gc, "freeze", lambda: None)  # the tests go on making garbage
    warming.warm_up()
    assert reverse("account_login") and get_resolver()._populated
    (cached,) = engines["django"].engine.template_loaders
    # What was not found is kept too, as an error.
    found = (one for one in cached.get_template_cache.values() if hasattr(one, "name"))
    known = {template.name for template in found}
    assert {"base.html", "account/login.html", "bootstrap5/field.html"} <= known
