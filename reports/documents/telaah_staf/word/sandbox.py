"""Fills a Word template in a separate process with limits on time and memory. It writes no file.

It runs as a script: it reads a JSON order from standard input and writes JSON to standard output. It
imports no module of this program. In a template it accepts only names, loops over given lists, and
conditions.
"""

import json
import re
import resource
import sys
from base64 import b64decode, b64encode
from difflib import get_close_matches
from io import BytesIO
from textwrap import shorten

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import escape

SECONDS, MEMORY = 5, 2**30  # a template of an office takes a quarter of a second
MOST_FILLED = 10_000_000  # characters of XML
MOST_PROBLEMS = 20  # limit of reported problems
MOST_QUOTED = 100  # characters
DEEPEST = 2  # depth of nested loops
BLANK = "\ue000"  # marks an empty text, so that its line can be removed
FILTERS = {"upper", "lower", "title"}
LOOP = {"index": "text", "first": "text", "last": "text"}
PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
ONE_BRACE = re.compile(r"(?<!\{)\{\s*(\w+)\s*\}(?!\})")
PLAIN_TAG = re.compile(r"\{\{(?:p|r|tr|tc)\s++([\w.]++)\s*+\}\}")
UNREADABLE = (
    "Penanda di “{}” tidak dapat dibaca. Tulis nama penanda di antara dua pasang kurung kurawal, "
    "misalnya {{{{ kepada }}}}."
)
ALLOWED = "Pakai hanya {{ nama_penanda }}, {%p for … in … %}, dan {%p if … %}."


class SafeText(str):
    def __html__(self):
        return escape(str(self)) if self else BLANK


class ParagraphsMark(str):
    """A mark that is later replaced by paragraphs."""

    def __html__(self):
        return escape(str(self))


def dressed(value, kind):
    if isinstance(kind, list):
        return [dressed(item, kind[0]) for item in value]
    if isinstance(kind, dict):
        return {name: dressed(value[name], part) for name, part in kind.items()}
    return ParagraphsMark(value) if kind == "block" else SafeText(value)


class Reader:
    """Reads one part of a template. `problems` are sentences, `used` the names that it prints."""

    def __init__(self, source, grammar):
        self.lines = source.split("\n")
        self.grammar = grammar
        self.problems = []
        self.used = set()

    def read(self, tree):
        self._walk(tree.body, self.grammar, 0)

    def _walk(self, body, scope, depth):
        for node in body:
            if isinstance(node, nodes.Output):
                for piece in node.nodes:
                    self._print(piece, scope)
            elif isinstance(node, nodes.For):
                self._loop(node, scope, depth)
            elif isinstance(node, nodes.If):
                self._ask(node.test, scope)
                for branch in (node.body, node.elif_, node.else_):
                    self._walk(branch, scope, depth)
            else:
                self._refuse(node)

    def _loop(self, node, scope, depth):
        rows = scope.get(node.iter.name) if isinstance(node.iter, nodes.Name) else None
        strange = node.recursive or node.test or node.else_ or depth >= DEEPEST
        if strange or not isinstance(node.target, nodes.Name) or not isinstance(rows, list):
            lists = " atau ".join(name for name, kind in scope.items() if isinstance(kind, list))
            self._tell(f"Pengulangan di “{self._excerpt(node)}” hanya boleh atas {lists}.")
            return
        self.used.add(node.iter.name)
        inner = scope | {node.target.name: rows[0], "loop": LOOP}
        self._walk(node.body, inner, depth + 1)

    def _print(self, node, scope):
        if isinstance(node, nodes.TemplateData):
            return
        if isinstance(node, nodes.Filter):
            bare = not (node.args or node.kwargs or node.dyn_args or node.dyn_kwargs)
            if node.name in FILTERS and bare and self._kind(node.node, scope) == "text":
                return
            self._refuse(node)
            return
        kind = self._kind(node, scope)
        if isinstance(kind, list):
            name = node.name
            self._tell(f"{_mark(name)} adalah daftar. Tulis {{%p for baris in {name} %}}.")
        elif isinstance(kind, dict):
            fields = " atau ".join(_mark(f"{node.name}.{field}") for field in kind)
            self._tell(f"{_mark(node.name)} terdiri atas beberapa isi. Tulis {fields}.")

    def _ask(self, node, scope):
        if isinstance(node, nodes.Not):
            self._ask(node.node, scope)
        elif isinstance(node, (nodes.And, nodes.Or)):
            self._ask(node.left, scope)
            self._ask(node.right, scope)
        elif isinstance(node, nodes.Compare):
            self._ask(node.expr, scope)
            for operand in node.ops:
                if operand.op not in ("eq", "ne"):
                    self._refuse(node)
                self._ask(operand.expr, scope)
        elif not isinstance(node, nodes.Const):
            self._kind(node, scope)

    def _kind(self, node, scope):
        """Returns the kind of a name. Returns None and adds a problem when it is no name or not known."""
        if isinstance(node, nodes.Name):
            return self._known(node.name, node.name, scope)
        if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
            whole = scope.get(node.node.name)
            if isinstance(whole, dict):
                return self._known(node.attr, f"{node.node.name}.{node.attr}", whole)
            return self._known(node.node.name, f"{node.node.name}.{node.attr}", {}, scope)
        self._refuse(node)
        return None

    def _known(self, name, written, scope, likely=None):
        if name in scope:
            self.used.add(written)
            return scope[name]
        close = get_close_matches(name.lower(), likely or scope, 1)
        prefix = written[: -len(name)] if written.endswith(name) else ""
        advice = f"Tulis {_mark(prefix + close[0])}" if close else "Pilih dari daftar penanda"
        self._tell(f"Penanda {_mark(written)} tidak dikenal. {advice}, atau hapus.")
        return None

    def _refuse(self, node):
        self._tell(f"“{self._excerpt(node)}” memuat perintah yang tidak diizinkan. {ALLOWED}")

    def _tell(self, sentence):
        if sentence not in self.problems:
            self.problems.append(sentence)

    def _excerpt(self, node):
        return excerpt(self.lines, node.lineno)


def _mark(name):
    return f"{{{{ {name} }}}}"


def excerpt(lines, number):
    """Returns the text of one line of XML; each line holds one paragraph."""
    words = words_of(lines[number - 1]) if 0 < number <= len(lines) else ""
    return shorten(words, MOST_QUOTED, placeholder="…") or "dokumen ini"


def words_of(line):
    return " ".join(re.sub(r"<[^<>]*+>", "", line).split())


def parts_of(template):
    """Returns the XML of each part with text as Jinja gets it, one paragraph per line."""
    document = template.docx
    sources = [template.get_xml()]
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        sources += [template.get_part_xml(part) for _, part in template.get_headers_footers(uri)]
    for part in document.part.package.iter_parts():
        if part.content_type.endswith("footnotes+xml"):
            sources.append(part.blob.decode())
    return sources


def read(environment, template, grammar):
    """Returns all problems and the names used."""
    problems, used = [], set()
    for source in parts_of(template):
        source, misspelt = without_misspelt(source, grammar)
        problems += misspelt
        patched = by_paragraph(template.patch_xml(source))
        reader = Reader(patched, grammar)
        try:
            reader.read(environment.parse(patched))
        except TemplateSyntaxError as error:
            problems.append(broken(reader.lines, error))
        problems += reader.problems
        used |= reader.used
    return problems, used


def without_misspelt(source, grammar):
    """Returns the source, and problems that Jinja would not find or would report in the wrong paragraph."""
    problems, lines = [], by_paragraph(source).split("\n")
    for number, line in enumerate(lines):
        words = words_of(line)
        pairs = (("{{", "}}"), ("{%", "%}"))
        if any(words.count(start) != words.count(end) for start, end in pairs):
            problems.append(UNREADABLE.format(excerpt([line], 1)))
            lines[number] = re.sub("[{}]", "", line)
        for found in (*PLAIN_TAG.finditer(words), *ONE_BRACE.finditer(words)):
            if found[1] in grammar:
                problems.append(f"Penanda {found[0]} ditulis keliru. Tulis {_mark(found[1])}.")
    return "".join(lines), problems


def broken(lines, error):
    where = excerpt(lines, error.lineno)
    if "{%" in where or re.search("endfor|endif", error.message or ""):
        return (
            f"Perintah di “{where}” tidak lengkap. Tutup setiap {{%p for … %}} dengan "
            "{%p endfor %} dan setiap {%p if … %} dengan {%p endif %}."
        )
    return UNREADABLE.format(where)


def by_paragraph(xml):
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", xml.replace("\n", " "))


def fills_well(environment, template, context):
    """Returns whether the result is still a valid document. A loop may cut a paragraph in two."""
    filled = [template.build_xml(context, environment)]
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        made = template.build_headers_footers_xml(context, uri, environment)
        filled += [xml.decode() for _, xml in made]
    if sum(map(len, filled)) > MOST_FILLED:
        return False
    try:
        for xml in filled:
            etree.fromstring(xml.encode(), etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return False
    return True


def answer(order):
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.globals.clear()
    template = DocxTemplate(BytesIO(b64decode(order["template"])))
    template.render_init()
    problems, used = read(environment, template, order["grammar"])
    if problems:
        return {"problems": list(dict.fromkeys(problems))[:MOST_PROBLEMS]}
    contexts = [dressed(values, order["grammar"]) for values in order["contexts"]]
    for context in contexts:
        if not fills_well(environment, template, context):
            return {
                "problems": [
                    "Perintah {% … %} memotong paragraf atau baris tabel. Tulis {%p for … %}, {%p if … %}, "
                    "dan penutupnya masing-masing dalam paragraf sendiri; dalam tabel {%tr … %} dalam baris sendiri."
                ]
            }
    for name in PROPERTIES:
        setattr(template.docx.core_properties, name, "")
    template.render(contexts[0], environment, autoescape=True)
    output = BytesIO()
    template.save(output)
    return {
        "problems": [],
        "used": sorted(used),
        "content": b64encode(output.getvalue()).decode(),
    }


def limit():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    limit()
    json.dump(answer(json.load(sys.stdin)), sys.stdout)
