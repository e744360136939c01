"""The words that people read, taken out of templates, scripts, guides and Python code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

APPS = ("sakip", "performance", "recommendations", "reports", "workbooks", "api")
COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->|\{% comment.*?endcomment %\}", re.S)
TAG = re.compile(r"\{%.*?%\}", re.S)
QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
QUOTED_IN_SCRIPT = re.compile(r"[\"`]([^\"`\n]*)[\"`]")
VALUE = re.compile(r"\{\{.*?\}\}", re.S)
READ_ATTRIBUTE = re.compile(r"""\b(?:aria-label|title|alt|placeholder|data-label)="([^"]*)\"""")
ELEMENT = re.compile(r"<[^>]*>", re.S)


def shown() -> Iterator[tuple[str, str]]:
    """Pairs of place and text."""
    for path in sorted(Path("templates").rglob("*")):
        if path.suffix in {".html", ".txt"}:
            for text in of_template(path.read_text()):
                yield str(path), text
    for app in APPS:
        for path in sorted(Path(app).rglob("*.py")):
            if "migrations" not in path.parts:
                for line, text in of_python(path.read_text()):
                    for part in of_template(text) if ELEMENT.search(text) else [text]:
                        yield f"{path}:{line}", part

    for path in sorted(Path("static/js").glob("*.js")):
        for text in QUOTED_IN_SCRIPT.findall(path.read_text()):
            if " " in text.strip() or text[:1].isupper():
                yield str(path), text
    for path in sorted(Path("docs/panduan").glob("*.md")):
        if path.name != "istilah.md":  # names also the words that are not used
            for number, line in enumerate(path.read_text().splitlines(), 1):
                yield f"{path}:{number}", re.sub(r"[*`]|\]\([^)]*\)", "", line)


def of_template(source: str) -> Iterator[str]:
    """Its text, the attributes that are read aloud, and the words that tags are given."""
    source = COMMENT.sub(" ", source)
    for tag in TAG.findall(source):
        if not tag.startswith(("{% url", "{% include", "{% extends", "{% load", "{% static")):
            yield from _words_of_tag(tag)
        elif tag.startswith("{% include"):
            yield from _words_of_tag(tag.partition(" with ")[2])
    source = VALUE.sub("…", TAG.sub("\n", source))
    yield from READ_ATTRIBUTE.findall(source)
    yield from filter(str.strip, ELEMENT.sub("\n", source).split("\n"))


def _words_of_tag(tag):
    for double, single in QUOTED.findall(tag):
        text = double or single
        if " " in text or text[:1].isupper():
            yield text


def of_python(source: str) -> Iterator[tuple[int, str]]:
    """Its strings that are no docstrings and look like words: with a blank, or with a capital first."""
    tree = ast.parse(source)
    silent = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            silent.add(id(node.value))
        if isinstance(node, ast.Call) and _is_silent(node.func):
            silent |= {id(one) for argument in node.args for one in ast.walk(argument)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(
                one.value if isinstance(one, ast.Constant) else "…" for one in node.values
            )
            silent |= {id(one) for one in node.values}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if id(node) not in silent and (" " in text.strip() or text[:1].isupper()):
            yield node.lineno, text


LOGGERS = {
    "debug",
    "info",
    "warning",
    "error",
    "exception",
    "ValueError",
    "RuntimeError",
    "TypeError",
}


def _is_silent(function) -> bool:
    """Whether what is called writes to the log, or raises what only programmers read."""
    if isinstance(function, ast.Attribute):
        return function.attr in LOGGERS and getattr(function.value, "id", "") == "logger"
    return isinstance(function, ast.Name) and function.id in LOGGERS
