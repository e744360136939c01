"""The house rules of docs/architecture.md that a reader cannot see at a glance, read off the syntax trees."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = [
    "sakip",
    "performance",
    "recommendations",
    "workbooks",
    "reports",
]  # each imports only those before it
COMMON_ROOMS = {
    "models", "querysets", "permissions", "rules", "selectors", "services", "forms", "views", "urls",
    "admin", "apps", "management", "migrations", "templatetags",
}  # fmt: skip
OWN_ROOMS = {
    "sakip": {
        "accounts", "admin_export", "admin_site", "arguments", "asgi", "background", "charts", "colours", "commands", "consistency",
        "converters", "dates", "editing", "environment", "errors", "history", "lookups", "middleware",
        "navigation", "numbers", "policy", "rate_limits", "richtext", "roles", "settings",
        "settings_urls", "spelling", "system_checks", "uploads", "writing", "wsgi",
    },
    "performance": set(),
    "recommendations": {"workflow"},
    "workbooks": {"readers", "writers", "columns", "compare", "kinds", "word", "tasks"},
    "reports": {
        "tables", "definitions", "renderers", "documents", "typesetting", "verification", "exports",
        "seed", "errors", "tasks", "system_checks",
    },
}  # fmt: skip
# What each room may ask of its own app; a room that is not named here may ask every other.
ASKS_NOBODY_ABOVE = {
    "permissions": [
        "querysets",
        "models",
        "rules",
        "selectors",
        "services",
        "forms",
        "views",
        "urls",
    ],
    "querysets": ["models", "rules", "selectors", "services", "forms", "views", "urls"],
    "models": ["selectors", "services", "forms", "views", "urls"],
    "rules": ["selectors", "services", "forms", "views", "urls"],
    "selectors": ["services", "views", "urls"],
    "services": ["forms", "views", "urls"],
    "forms": ["views", "urls"],
    "views": ["urls"],
}
RULE_MODULES = {"models", "querysets", "permissions", "workflow", "rules", "selectors", "services"}
HTTP = ("django.http", "django.shortcuts", "django.views", "django.contrib.messages")
MODULES = [
    path
    for app in LAYERS
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts
]


def imports(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def name_of(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_one_way(path):
    app = path.relative_to(ROOT).parts[0]
    above = LAYERS[LAYERS.index(app) + 1 :]
    assert [name for name in imports(path) if name.split(".")[0] in above] == []


def room_of(path):
    return path.relative_to(ROOT).with_suffix("").parts[1]


def test_every_module_stands_in_a_room():
    strangers = [
        name_of(path)
        for path in MODULES
        if room_of(path)
        not in COMMON_ROOMS | OWN_ROOMS[path.relative_to(ROOT).parts[0]] | {"__init__"}
    ]
    assert strangers == []


def test_rooms_of_an_app_point_one_way():
    against = [
        f"{name_of(path)} imports {name}"
        for path in MODULES
        for name in imports(path)
        for room in ASKS_NOBODY_ABOVE.get(room_of(path), ())
        if f"{name}.".startswith(f"{path.relative_to(ROOT).parts[0]}.{room}.")
    ]
    assert against == []


def test_rules_ask_the_database_nothing():
    asking = [
        f"{name_of(path)}:{node.lineno}"
        for path in MODULES
        if room_of(path) == "rules"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and node.attr in ("objects", "visible_to", "_base_manager")
    ]
    assert asking == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_rule_modules_never_import_http(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    if RULE_MODULES & set(parts):
        assert [name for name in imports(path) if name.startswith(HTTP)] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_and_functions_stay_short(path):
    source = path.read_text()
    assert len(source.splitlines()) <= 400
    limit = 25 if "views" in path.relative_to(ROOT).with_suffix("").parts else 40
    long = [
        f"{node.name} ({node.end_lineno - node.lineno + 1} lines)"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > limit
    ]
    assert long == []


def test_every_test_folder_is_a_package():
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    assert [name_of(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_signals_are_not_used():
    users = [name_of(path) for path in MODULES if "django.db.models.signals" in set(imports(path))]
    assert users == []
