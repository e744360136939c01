"""Breadcrumbs are one component, and the name of a URL stands in the code as it is searched for."""

import ast
import re

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.urls import reverse

from tests import factories
from tests.test_architecture import MODULES, ROOT, name_of

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
NAMED = {"reverse", "reverse_lazy", "redirect", "resolve_url"}


def crumb(arguments, **context):
    return Template(f"{{% crumb {arguments} %}}").render(Context(context))


def test_a_step_leads_to_a_name_a_path_or_a_page_of_an_object(db):
    rubric = factories.make_rubric("Perkiraan", (100,), is_estimate=True)
    assert f'href="{reverse("sakip:settings")}">Pengaturan<' in crumb(
        '"Pengaturan" to="sakip:settings"'
    )
    assert 'href="/renaksi/?x=1&amp;y=2">Kembali<' in crumb(
        '"Kembali" to=back', back="/renaksi/?x=1&y=2"
    )
    assert f'href="{rubric.get_absolute_url()}">Rubrik 7<' in crumb('"Rubrik" 7 to=it', it=rubric)
    edit = reverse("sakip:user-edit", args=[5])
    assert f'href="{edit}">Rina<' in crumb('"Rina" to="sakip:user-edit" pk=5')


def test_the_last_step_is_the_page_itself_and_words_are_escaped():
    assert crumb("name", name="<b>") == (
        '<li class="breadcrumb-item active" aria-current="page">&lt;b&gt;</li>'
    )


def test_a_step_that_leads_nowhere_is_a_fault_of_the_template():
    with pytest.raises(TemplateSyntaxError, match="Rubrik"):
        crumb('"Rubrik" to=nothing')


def test_breadcrumbs_are_written_by_the_component_only():
    assert [name_of(path) for path in TEMPLATES if "breadcrumb-item" in path.read_text()] == []


def test_a_template_puts_no_name_of_a_url_together():
    made = re.compile(r"""{% url ["'][^"']*["']\|""")
    assert [name_of(path) for path in TEMPLATES if made.search(path.read_text())] == []


def put_together(path):
    """Names of URLs made of parts: `reverse(f"…")`, `path(…, name=f"…")`."""
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call):
            continue
        called = getattr(node.func, "id", getattr(node.func, "attr", ""))
        first = node.args[0] if node.args else None
        if called in NAMED and isinstance(first, ast.JoinedStr):
            start = first.values[0]
            if isinstance(start, ast.Constant) and re.match(r"\w+:", start.value):
                yield f"{name_of(path)}:{node.lineno}"
        if called in ("path", "re_path"):
            names = (keyword.value for keyword in node.keywords if keyword.arg == "name")
            if any(not isinstance(name, ast.Constant) for name in names):
                yield f"{name_of(path)}:{node.lineno}"


def test_a_module_puts_no_name_of_a_url_together():
    assert [place for path in MODULES for place in put_together(path)] == []
