"""The house rules of docs/architecture.md that a reader cannot see at a glance, read off the syntax trees."""

import ast
import graphlib
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = [
    "sakip",
    "performance",
    "recommendations",
    "workbooks",
    "reports",
    "api",
]  # each imports only those before it
COMMON_ROOMS = {
    "models", "querysets", "permissions", "rules", "selectors", "services", "forms", "views", "urls",
    "admin", "apps", "history_words", "management", "migrations", "templatetags",
}  # fmt: skip
OWN_ROOMS = {
    "sakip": {
        "admin_export", "admin_site", "arguments", "asgi", "background", "backup", "bulk", "charts", "children",
        "ciphers", "color_scheme", "colours", "commands", "consistency", "converters", "dates",
        "deleting", "duties", "echo", "editing", "environment", "errors", "field_errors", "filling",
        "finding", "guides", "history", "installing", "later",
        "kept_filters", "lookups", "mail",
        "middleware", "naming", "navigation", "notation", "numbers", "once", "operations",
        "paging", "policy", "prepared", "problems", "purging", "richtext", "roles", "settings",
        "settings_urls",
        "sign_in", "spelling", "spreadsheets", "static_files", "system_checks", "table_settings", "text",
        "text_fields", "text_tables", "triggers", "type_metrics", "unsaved", "uploads", "writing",
        "wsgi",
    },
    "performance": set(),
    "recommendations": {"transitions", "workflow", "figures"},
    "workbooks": {"readers", "writers", "columns", "compare", "kinds", "word"},
    "reports": {
        "tables", "definitions", "renderers", "archival", "documents", "typesetting", "verification",
        "exports", "seed", "errors", "system_checks",
    },
    "api": {"v1"},
}  # fmt: skip
# Modules that draw or read files, with libraries that take as long to load as Django: these import them when
# a file is asked for. `tests/test_start.py` holds that commands and pages do without.
DOORS = {
    "api/views/door.py",
    "sakip/uploads/contents.py",
    "reports/documents/telaah_staf/document.py",
    "reports/services/word_templates.py",
    "reports/system_checks.py",
    "reports/views/word_templates.py",
    "workbooks/word/services.py",
    "workbooks/writers/xlsx.py",
}
# What each room may ask of its own app; a room that is not named here may ask every other.
ASKS_NOBODY_ABOVE = {
    "transitions": [
        "permissions",
        "querysets",
        "models",
        "rules",
        "selectors",
        "services",
        "workflow",
        "forms",
        "views",
        "urls",
    ],
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
    "selectors": ["services", "forms", "views", "urls"],
    "services": ["forms", "views", "urls"],
    "forms": ["views", "urls"],
    "views": ["urls"],
}
RULE_MODULES = {
    "models", "querysets", "permissions", "transitions", "workflow", "rules", "selectors", "services",
}  # fmt: skip
HTTP = ("django.http", "django.shortcuts", "django.views", "django.contrib.messages")
MODULES = [
    path
    for app in LAYERS
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts
]


@cache
def nodes(path):
    """Every node of a module, the module itself first."""
    return list(ast.walk(ast.parse(path.read_text())))


@pytest.fixture(scope="module", autouse=True)
def forgotten():
    """A million nodes would burden whatever this process tests afterwards."""
    yield
    nodes.cache_clear()


def imports(path):
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def name_of(path):
    return str(path.relative_to(ROOT))


def app_of(path):
    return path.relative_to(ROOT).parts[0]


def test_imports_point_one_way():
    against = [
        f"{name_of(path)} imports {name}"
        for path in MODULES
        for name in imports(path)
        if name.split(".")[0] in LAYERS[LAYERS.index(app_of(path)) + 1 :]
    ]
    assert against == []


def room_of(path):
    return path.relative_to(ROOT).with_suffix("").parts[1]


def modules_imported(path):
    """Dotted names of our own modules that a module imports, at its head or within a function."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in OUR_NAMES)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from names & OUR_NAMES.keys() or {node.module} & OUR_NAMES.keys()


def dotted(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


OUR_NAMES = {dotted(path): path for path in MODULES}


def test_no_module_imports_itself_by_way_of_others():
    graph = {
        name: {other for other in modules_imported(path) if other != name}
        for name, path in OUR_NAMES.items()
    }
    graphlib.TopologicalSorter(graph).prepare()  # CycleError names the modules of a cycle


def test_own_modules_are_imported_at_the_head():
    """A late import hides a cycle. `apps.py` must wait until Django has loaded the models, and
    DOORS know why they wait.
    """
    late = [
        f"{name_of(path)}:{node.lineno}"
        for path in MODULES
        if path.name != "apps.py" and name_of(path) not in DOORS
        for function in nodes(path)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.ImportFrom) and node.module.split(".")[0] in LAYERS
    ]
    assert late == []


def test_every_module_stands_in_a_room():
    strangers = [
        name_of(path)
        for path in MODULES
        if room_of(path) not in COMMON_ROOMS | OWN_ROOMS[app_of(path)] | {"__init__"}
    ]
    assert strangers == []


def test_rooms_of_an_app_point_one_way():
    against = [
        f"{name_of(path)} imports {name}"
        for path in MODULES
        for name in imports(path)
        for room in ASKS_NOBODY_ABOVE.get(room_of(path), ())
        if f"{name}.".startswith(f"{app_of(path)}.{room}.")
    ]
    assert against == []


def test_rules_ask_the_database_nothing():
    asking = [
        f"{name_of(path)}:{node.lineno}"
        for path in MODULES
        if room_of(path) == "rules"
        for node in nodes(path)
        if isinstance(node, ast.Attribute)
        and node.attr in ("objects", "visible_to", "_base_manager")
    ]
    assert asking == []


def test_rule_modules_never_import_http():
    against = [
        f"{name_of(path)} imports {name}"
        for path in MODULES
        if room_of(path) in RULE_MODULES
        for name in imports(path)
        if name.startswith(HTTP)
    ]
    assert against == []


def test_modules_stay_short():
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in MODULES}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def longest_in(path):
    return 25 if "views" in path.relative_to(ROOT).with_suffix("").parts else 40


def test_functions_stay_short():
    long = [
        f"{name_of(path)}: {name} ({length} lines)"
        for path in MODULES
        for name, length in functions(path)
        if length > longest_in(path)
    ]
    assert long == []


def functions(path):
    """The name and the number of lines of each function of a module."""
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef):
            yield node.name, node.end_lineno - node.lineno + 1


def usually(numbers):
    """The number that ninety-five of a hundred do not exceed."""
    return sorted(numbers)[len(numbers) * 95 // 100]


def test_most_modules_and_functions_are_much_shorter():
    assert usually([len(path.read_text().splitlines()) for path in MODULES]) < 330
    assert usually([length for path in MODULES for _, length in functions(path)]) <= 34


def test_no_two_classes_have_one_name():
    """Nested classes are told apart by their owner (Meta, Unit.Kind); Django wants every command to be a Command."""
    places = defaultdict(list)
    for path in MODULES:
        for node in nodes(path)[0].body:
            if isinstance(node, ast.ClassDef) and node.name != "Command":
                places[node.name].append(name_of(path))
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_every_test_folder_is_a_package():
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    assert [name_of(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_signals_are_not_used():
    users = [name_of(path) for path in MODULES if "django.db.models.signals" in set(imports(path))]
    assert users == []


# Records of other models whose status their own service writes: (module, name of the variable).
OTHER_STATUSES = {
    ("reports/services/telaah_staf.py", "telaah_staf"),
    ("reports/services/issuing.py", "issued"),
    ("reports/services/issuing.py", "telaah_staf"),
    ("reports/services/word_templates.py", "template"),
    ("sakip/policy.py", "self"),  # the name of a field
    ("sakip/background.py", "row"),  # of a task
}
WRITERS = {
    "create", "acreate", "update", "aupdate", "get_or_create", "update_or_create", "find_or_create",
    "write", "write_part", "write_as_read", "Renaksi",
}  # fmt: skip
SAVERS = {"save", "asave", "bulk_create", "bulk_update", "abulk_create", "abulk_update"}


def written_statuses(nodes):
    """(line, variable) of each place that writes an attribute `status`: an assignment `x.status = …`,
    `setattr(x, "status", …)`, a keyword `status=` or a dictionary with the key "status" given to one
    of WRITERS or to a call that names Renaksi, and the name "status" in a list given to one of SAVERS."""
    for node in nodes:
        targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
        for target in (
            targets if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign) else ()
        ):
            for part in ast.walk(target):
                if isinstance(part, ast.Attribute) and part.attr == "status":
                    yield node.lineno, ast.unparse(part.value)
        if isinstance(node, ast.Call) and _writes_status(node):
            first = node.args[0] if node.args else node.func
            of = node.func.value if isinstance(node.func, ast.Attribute) else first
            yield node.lineno, ast.unparse(of)


def _writes_status(call):
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    words = {
        part.value
        for value in given
        for part in ast.walk(value)
        if isinstance(part, ast.Constant) and isinstance(value, ast.List | ast.Tuple | ast.Set)
    }
    if name == "setattr":
        return any(isinstance(one, ast.Constant) and one.value == "status" for one in call.args)
    if name in SAVERS:
        return "status" in words
    if name not in WRITERS and "Renaksi" not in [getattr(one, "id", "") for one in call.args]:
        return False
    keys = [key for value in given if isinstance(value, ast.Dict) for key in value.keys]
    return any(keyword.arg == "status" for keyword in call.keywords) or any(
        isinstance(key, ast.Constant) and key.value == "status" for key in keys
    )


def test_only_the_workflow_writes_the_status_of_a_renaksi():
    writers = [
        f"{name_of(path)}:{line} {variable}"
        for path in MODULES
        if room_of(path) != "workflow"
        for line, variable in written_statuses(nodes(path))
        if (name_of(path), variable) not in OTHER_STATUSES
    ]
    assert writers == []


@pytest.mark.parametrize(
    "code",
    [
        "renaksi.status = 'done'",
        "row.instance.status, other = DONE, 1",
        "setattr(renaksi, 'status', DONE)",
        "Renaksi(status=DONE)",
        "Renaksi.objects.create(status=DONE)",
        "rows.update(status=DONE)",
        "self.create(Renaksi, status=DONE)",
        "rows.update_or_create(pk=1, defaults={'status': DONE})",
        "Renaksi.objects.bulk_update(rows, ['status', 'version'])",
        "renaksi.save(update_fields=['status'])",
        "write(renaksi, status=DONE)",
    ],
)
def test_a_second_writer_of_the_status_would_be_found(code):
    assert list(written_statuses(ast.walk(ast.parse(code))))


@pytest.mark.parametrize("code", ["rows.filter(status=DONE)", "render(page, status=409)"])
def test_whoever_reads_a_status_is_no_writer(code):
    assert not list(written_statuses(ast.walk(ast.parse(code))))


def test_every_exception_from_the_security_rules_has_its_reason():
    bare = re.compile(r"# noqa: S\d+\s*$", re.MULTILINE)
    found = [name_of(path) for path in MODULES if bare.search(path.read_text())]
    assert found == []
