"""The static files as they are served: one stylesheet and one script of ours, and of Bootstrap what pages use.

Of the 230 KB of Bootstrap's stylesheet our pages use a third, and every first visit waits for all of it. What
no page names is left out when the files are collected, and what a file of ours imports is put into it, so
that a page asks for few files. Our comments, a sixth of what remains after compression, stay here. A developer's
server and the tests serve the files as they are.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path, PurePosixPath
from posixpath import normpath

import tinycss2
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from sakip import installing

BOOTSTRAP = "css/bootstrap.min.css"
WITH_IMPORTS = (
    "css/app.css",
    "css/site.css",
    "css/site-device.css",
    "css/site-dark.css",
    "css/editor.css",
    "css/admin.css",
    "js/app.js",
    "js/work.js",
)  # an imported one before the importing
IMPORT = re.compile(r'(?:@import url\(|import )"(?P<file>[\w./-]+)"\)?(?: (?P<media>[^;\n]+))?;')
COMMENTS = {
    ".css": re.compile(r"/\*(?!!).*?\*/\s*", re.DOTALL),  # `/*!` names an author, and stays
    ".js": re.compile(r"^\s*//.*\n", re.MULTILINE),
}
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=\S+ ?\*/")  # stays with the file of the package
PACKAGES = ("crispy_bootstrap5", "forms")  # whose templates are part of our pages
NAMING = {".html", ".js", ".py"}  # files that name a class
BOOTSTRAPS_DARK = "[data-bs-theme=dark]"  # our dark colours are in dark.css
WORD = re.compile(r"[A-Za-z][\w-]*")
BEGINNING = re.compile(
    r"([a-z][a-z-]*-)\{[{%a-z]"
)  # of a name whose end is computed: `btn-{{ kind }}`


class StaticFiles(CompressedManifestStaticFilesStorage):
    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            self._draw(paths)
            is_named = names_in(_sources())
            self._rewrite(paths, BOOTSTRAP, lambda text: subset(text, is_named))
            for name in WITH_IMPORTS:
                folder = PurePosixPath(name).parent
                self._rewrite(paths, name, partial(IMPORT.sub, partial(self._imported, folder)))
            for name in _our_files():
                self._rewrite(paths, name, partial(without_comments, PurePosixPath(name).suffix))
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _draw(self, paths):
        """Adds the pictures of the program as they stand on the screen of a phone."""
        for name, content in installing.icons(self._read(installing.LOGO)):
            self.delete(name)
            self.save(name, ContentFile(content))
            paths[name] = (self, name)

    def _imported(self, folder, found) -> str:
        text = SOURCE_MAP.sub("", self._read(normpath(folder / found["file"])))
        if found["file"].endswith(".js"):
            return f"{{\n{text}}}"  # a script keeps its names to itself
        return f"@media {found['media']} {{\n{text}}}" if found["media"] else text

    def _read(self, name) -> str:
        with self.open(name) as file:
            return file.read().decode()

    def _rewrite(self, paths, name, change):
        """Changes the collected copy, which is then processed in place of the file of the package."""
        text = change(self._read(name))
        self.delete(name)
        self.save(name, ContentFile(text.encode()))
        paths[name] = (self, name)


def _our_files() -> Iterator[str]:
    folder = settings.BASE_DIR / "static"
    for path in folder.rglob("*"):
        if path.suffix in COMMENTS:
            yield path.relative_to(folder).as_posix()


def without_comments(suffix: str, text: str) -> str:
    """Of a script, a comment behind a statement stays."""
    return COMMENTS[suffix].sub("", text)


def _sources() -> Iterator[str]:
    """The text of every file that may name a class of our pages."""
    folders = [*settings.TEMPLATES[0]["DIRS"], settings.BASE_DIR / "static"]
    folders += [Path(apps.get_app_config(label).path) / "templates" for label in PACKAGES]
    folders += [
        Path(app.path)
        for app in apps.get_app_configs()
        if Path(app.path).parent == settings.BASE_DIR
    ]
    for folder in folders:
        for path in Path(folder).rglob("*"):
            if path.suffix in NAMING:
                yield path.read_text(encoding="utf-8")


def names_in(texts: Iterable[str]) -> Callable[[str], bool]:
    """A function that tells whether a class may be named in these texts."""
    words: set[str] = set()
    beginnings: set[str] = set()
    for text in texts:
        words.update(WORD.findall(text))
        beginnings.update(BEGINNING.findall(text))
    return cache(lambda name: name in words or name.startswith(tuple(beginnings)))


def subset(css: str, is_named: Callable[[str], bool]) -> str:
    """The stylesheet without the rules for classes that are not named, and without Bootstrap's dark colours."""
    rules = tinycss2.parse_stylesheet(css, skip_whitespace=True, skip_comments=True)
    return "".join(_kept(rules, is_named))


def _kept(rules, is_named) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            named = [one for one in _selectors(rule.prelude) if all(map(is_named, _classes(one)))]
            selectors = [tinycss2.serialize(one).strip() for one in named]
            if head := ",".join(one for one in selectors if BOOTSTRAPS_DARK not in one):
                yield f"{head}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            within = tinycss2.parse_rule_list(
                rule.content, skip_whitespace=True, skip_comments=True
            )
            if inner := "".join(_kept(within, is_named)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}"
        else:
            yield rule.serialize()


def _selectors(prelude) -> list[list]:
    found: list[list] = [[]]
    for part in prelude:
        if part == ",":
            found.append([])
        else:
            found[-1].append(part)
    return found


def _classes(selector) -> Iterator[str]:
    """The classes that an element must have; what it must not have may be missing everywhere."""
    before = None
    for token in selector:
        if token.type == "ident" and before == ".":
            yield token.value
        elif token.type == "function" and token.lower_name != "not":
            yield from _classes(token.arguments)
        before = token
