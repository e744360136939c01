"""The stylesheet that is served: what pages name stays, the rest is left out."""

from pathlib import Path, PurePosixPath

import pytest
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile

from sakip import static_files
from sakip.static_files import IMPORT, StaticFiles, names_in, subset, without_comments

CSS = """
:root{--a:1}
.btn,.carousel{color:red}
.alert-danger{color:red}.alert .close-it{top:0}
@media (min-width:768px){.row>.col-md-6{width:50%}.carousel-dark{color:#000}}
@media print{.carousel{display:none}}
p:not(.carousel){margin:0}
[data-bs-theme=dark]{--a:2}[data-bs-theme=dark] .btn,.row{color:blue}
"""


def test_what_no_page_names_is_left_out():
    is_named = names_in(['<a class="btn row">', "alert alert-{{ kind }}", "col-md-6"])
    assert subset(CSS, is_named) == (
        ":root{--a:1}.btn{color:red}.alert-danger{color:red}"
        "@media (min-width:768px){.row>.col-md-6{width:50%}}"
        "p:not(.carousel){margin:0}"
        ".row{color:blue}"
    )


def test_bootstrap_keeps_a_third():
    """And what our pages name for sure."""
    whole = Path(finders.find("css/bootstrap.min.css")).read_text()
    kept = subset(whole, names_in(static_files._sources()))
    assert len(kept) < 0.4 * len(whole)
    for name in (
        ".btn-primary",
        ".alert-danger",
        ".invalid-feedback",
        ".navbar-toggler",
        ".show",
    ):
        assert f"{name}{{" in kept or f"{name}," in kept or f"{name}:" in kept or f"{name} " in kept
    assert ".carousel" not in kept


@pytest.mark.parametrize(
    ("line", "becomes"),
    [
        ('@import url("dark.css");', "p{color:red}"),
        (
            '@import url("dark.css") screen and (color);',
            "@media screen and (color) {\np{color:red}}",
        ),
    ],
)
def test_an_imported_stylesheet_keeps_its_media(tmp_path, line, becomes):
    storage = StaticFiles(location=tmp_path, base_url="/static/")
    storage.save("css/dark.css", ContentFile(b"p{color:red}"))
    assert storage._imported(PurePosixPath("css"), IMPORT.fullmatch(line)) == becomes


def test_comments_stay_here_and_authors_do_not():
    sheet = "/*! MIT, an author */\n/* Why\n   so. */\np { color: red; }\n"
    assert without_comments(".css", sheet) == "/*! MIT, an author */\np { color: red; }\n"
    script = '// Why.\nconst a = "//b"; // behind\n  // So.\n  c();\n'
    assert without_comments(".js", script) == 'const a = "//b"; // behind\n  c();\n'


def test_a_page_adds_what_only_its_kind_needs(signed_in, cast):
    page = signed_in(cast.dewi).get("/reviu/").text
    assert page.index("css/site-device.css") < page.index("css/review.css")
