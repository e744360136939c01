"""Compares a workbook with what is stored: every row is new, changed, unchanged or refused, and why.

Three values meet in a cell: the sheet's, the base (what the cell held when it was exported, known by
its fingerprint) and the one stored now. Nothing is written here.
"""

from workbooks.columns.sheets import WorkbookKind
from workbooks.compare.plan import ImportPlan, Problem
from workbooks.kinds import KINDS
from workbooks.readers import guesses, workbook
from workbooks.readers.rows import SheetReader
from workbooks.readers.workbook import ReadSheet

HELPER_SHEETS = frozenset({"Petunjuk", "Pilihan", workbook.META_SHEET})


def analyse(
    kind: WorkbookKind, book: list[ReadSheet], user, directory, *, progress=None, choices=None
) -> ImportPlan:
    """`progress(done, total)` may raise to stop. `choices` says for each conflict, by "sheet!cell",
    whether the sheet's value ("sheet") or the stored one ("now") is taken."""
    plan = ImportPlan(kind)
    if refusal := _template_refusal(kind, workbook.template_of(book)):
        plan.problems.append(_about("", refusal))
        return plan
    total, done = sum(len(sheet.rows) for sheet in book), 0
    for sheet_class in kind.sheets:
        sheet = sheet_class()
        read = sheet_for(sheet, kind, book)
        if read is None:
            continue
        reader = SheetReader(sheet, read, user, directory, choices or {})
        plan.sheets.append(reader.plan(progress=progress, done=done, total=total))
        done += len(read.rows)
    unread = _unread(book, plan)
    missing = [sheet for sheet in kind.sheets if not _is_in(plan, sheet)]
    plan.sheet_questions = guesses.about_sheets(
        [read for read in unread if not read.is_hidden], [sheet() for sheet in missing], directory
    )
    plan.problems += _of_the_file(kind, unread, plan)
    return plan


def _is_in(plan, sheet):
    return any(type(part.sheet) is sheet for part in plan.sheets)


def _unread(book, plan):
    names = {part.name for part in plan.sheets}
    return [
        read
        for read in book
        if read.rows and read.name not in names and read.name not in HELPER_SHEETS
    ]


def _template_refusal(kind, template) -> str:
    """Says why a template of another kind or version cannot be read; empty when the file can be read."""
    if template is None:
        return ""
    made_for = KINDS.get(template.kind)
    if made_for is None or not set(made_for.sheets) & set(kind.sheets):
        title = made_for.title if made_for else template.kind
        return (
            f"Ini buku kerja “{title}”, bukan “{kind.title}”. Pilih isi buku kerja yang sesuai, "
            "atau unduh templat yang benar."
        )
    if template.version != workbook.TEMPLATE_VERSION:
        age = "lama" if template.version < workbook.TEMPLATE_VERSION else "yang lebih baru"
        return (
            f"Ini templat versi {age} ({template.version}); yang berlaku versi "
            f"{workbook.TEMPLATE_VERSION}. Unduh templatnya sekarang, lalu salin isi Anda ke sana."
        )
    return ""


def sheet_for(sheet, kind, book) -> ReadSheet | None:
    """The visible sheet of that title; a workbook's only sheet stands for the one whose keys it has."""
    visible = [read for read in book if not read.is_hidden and read.rows and read.title != ""]
    titles = {workbook.folded_label(part.title) for part in kind.sheets}
    is_named = any(workbook.folded_label(read.title or read.name) in titles for read in book)
    for read in visible:
        if workbook.folded_label(read.title or read.name) == workbook.folded_label(sheet.title):
            return read
    tables = [read for read in visible if read.name not in HELPER_SHEETS]
    if is_named or len(tables) != 1:
        return None
    return tables[0] if type(sheet) is _by_keys(kind, tables[0]) else None


def _by_keys(kind, read):
    """The first sheet of the kind whose keys stand in this one; else the first of all."""
    for sheet_class in kind.sheets:
        columns = sheet_class().columns()
        head = workbook.find_head(read, columns)
        if head and {column.label for column in columns if column.key} <= set(head.labels.values()):
            return sheet_class
    return kind.sheets[0]


def _of_the_file(kind, unread, plan):
    asked = {question.found for question in plan.sheet_questions}
    for read in unread:
        if read.name in asked:
            continue
        if read.is_hidden:
            message = f"Lembar tersembunyi “{read.name}” dilewati. Tampilkan di Excel bila isinya perlu dibaca."
        elif read.title == "":
            message = f"Lembar “{read.name}” dilewati."
        else:
            message = f"Lembar “{read.name}” tidak dikenal dan dilewati."
        yield _about(read.name, message, warning=True, loss=read.title is None)
    if plan.questions:
        return  # the answers decide what there is to read
    if not plan.sheets:
        titles = ", ".join(f"“{sheet.title}”" for sheet in kind.sheets)
        yield _about(
            "", f"Tidak ada lembar yang dikenal. Lembar yang dicari: {titles}. Unduh templatnya."
        )
    elif not any(part.rows or part.errors for part in plan.sheets):
        yield _about(
            "", "Buku kerja ini tidak berisi baris. Isi di bawah judul kolom, lalu unggah."
        )


def _about(sheet, message, warning=False, loss=False):
    return Problem(sheet, "", "", "", message, is_warning=warning, is_loss=loss)
