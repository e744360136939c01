"""Workbooks in and out, page by page. The four clicks: choose, preview, confirm, done."""

from tempfile import TemporaryFile

import structlog
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sakip.editing import begin_once, made_once
from sakip.errors import WrongState, require
from sakip.models import User
from workbooks.compare import previews
from workbooks.forms.exports import ExportForm
from workbooks.forms.imports import PreviewFilter, WorkbookUploadForm
from workbooks.kinds import KINDS
from workbooks.models import ImportRun
from workbooks.permissions import workbook_policy
from workbooks.readers.guard import WorkbookRefused
from workbooks.selectors.came_in import came_in
from workbooks.services import background, imports
from workbooks.word import pictures
from workbooks.word.services import draft_of
from workbooks.writers import exports, formats, rejected_rows, xlsx

logger = structlog.get_logger(__name__)
ROWS_A_PAGE = 50
NAMED = "sebagai:"  # begins the inputs that answer what a sheet or heading is


@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request):
    require(workbook_policy.check(request.user, "import"))
    initial = {"kind": request.GET.get("kind")}
    form = WorkbookUploadForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_valid() and (run := _started(request, form)):
        return redirect(run)
    runs = Paginator(ImportRun.objects.visible_to(request.user), 20)
    context = {
        "form": form,
        "page": runs.get_page(request.GET.get("page")),
        "kinds": KINDS.values(),
    }
    return render(request, "workbooks/import_list.html", context)


def _started(request, form):
    upload = form.cleaned_data["file"]
    try:
        begin_once(request)
        run = imports.start(
            kind=form.cleaned_data["kind"], upload=upload, actor=request.user, at=timezone.now()
        )
        made_once(request, run)
        if background.is_large(run):
            background.read_later(run)
        else:
            imports.preview(run)
    except WorkbookRefused as error:
        form.add_error("file", str(error))
        return None
    except ValidationError as error:
        form.add_error(None, error)
        return None
    return run


@require_safe
def import_detail(request, pk):
    run = _run(request, pk)
    if run.is_at_work:
        background.sweep(timezone.now())
    form = PreviewFilter(request.GET)
    chosen = form.cleaned_data["tampil"] if form.is_valid() else ""
    preview = previews.load(run)
    page = Paginator(preview.chosen(chosen), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "run": run,
        "kind": imports.kind_of(run),
        "form": form,
        "preview": preview,
        "page": page,
    }
    context |= {
        "to_choose": run.is_previewed and any(row["conflicts"] for row in page),
        "later": imports.touched_later(run) if run.is_done else None,
        "picture_count": _picture_count(run) if run.is_done and run.kind == "word" else 0,
        "came": came_in(run, request.user) if run.is_done else [],
        "newcomers": _newcomers(request.user) if run.is_done and run.kind == "units" else 0,
    }
    return render(request, "workbooks/import_detail.html", context)


def _picture_count(run):
    return len(pictures.pictures_of(draft_of(run).extras))


def _newcomers(user):
    """How many people, also new ones of this workbook, wait for an invitation."""
    return User.objects.manageable_by(user).without_password().filter(invited_at=None).count()


@require_POST
def import_confirm(request, pk):
    run = _run(request, pk)
    skip = request.POST.get("lewati") == "ya"
    if background.has_many_rows(run):
        background.write_later(run, skip_refused=skip)
        return redirect(run)
    try:
        imports.carry_out(run, at=timezone.now(), skip_refused=skip)
    except imports.PreviewOutdated as outdated:
        imports.preview(run)
        messages.warning(request, str(outdated))
    else:
        messages.success(request, f"{run.original_name} selesai diimpor.")
    return redirect(run)


@require_POST
def import_choose(request, pk):
    run = _run(request, pk)
    names = {
        key.removeprefix(NAMED): value
        for key, value in request.POST.items()
        if key.startswith(NAMED)
    }
    choices = {key: value for key, value in request.POST.items() if "!" in key}
    plan = imports.choose(run, choices, names)
    next_step = "Jawab juga yang berikut." if plan.questions else "Periksa, lalu konfirmasi."
    messages.success(request, f"Pilihan disimpan. {next_step}")
    return redirect(run)


@require_POST
def import_cancel(request, pk):
    run = _run(request, pk)
    imports.cancel(run, at=timezone.now())
    messages.success(request, "Impor dibatalkan. Tidak ada yang ditulis.")
    return redirect("workbooks:import-list")


@require_POST
def import_undo(request, pk):
    run = _run(request, pk)
    imports.undo(run, actor=request.user, at=timezone.now())
    messages.success(
        request, f"Impor {run.original_name} dibatalkan seluruhnya; datanya kembali seperti semula."
    )
    return redirect(run)


@require_safe
def import_rejected(request, pk):
    run = _run(request, pk)
    if run.kind not in KINDS:
        raise Http404("Hasil baca berkas Word dikoreksi di halamannya.")
    output = TemporaryFile()  # noqa: SIM115 - closed with the response
    try:
        rejected_rows.write(output, run)
    except WrongState:
        output.close()
        raise
    output.seek(0)
    stem = run.original_name.rpartition(".")[0]
    return FileResponse(output, as_attachment=True, filename=f"ditolak-{stem}.xlsx")


def _run(request, pk):
    require(workbook_policy.check(request.user, "import"))
    return get_object_or_404(ImportRun.objects.visible_to(request.user), pk=pk)


@require_safe
def template(request, kind):
    require(workbook_policy.check(request.user, "import"))
    kind, output = _kind(kind), TemporaryFile()  # noqa: SIM115 - closed with the response
    xlsx.write(output, kind, request.user, empty=True)
    output.seek(0)
    return FileResponse(output, as_attachment=True, filename=f"templat-{kind.name}.xlsx")


@require_safe
def export(request, kind):
    """With no choice in the address: everything, as XLSX."""
    require(workbook_policy.check(request.user, "export"))
    kind = _kind(kind)
    form = ExportForm(request.GET, kind=kind, user=request.user)
    if not form.is_valid():
        raise Http404("Pilihan unduhan tidak dikenal.")
    found = exports.exports(kind, request.user, chosen=form.columns, among=form.among)
    format = form.format
    output = TemporaryFile()  # noqa: SIM115 - closed with the response
    formats.FORMATS[format].write(output, kind, found)
    logger.info("exported", workbook=kind.name, format=format, size=output.tell())
    output.seek(0)
    name = f"{kind.name}.{formats.extension(format, found)}"
    type_ = formats.content_type(format, found)
    return FileResponse(output, as_attachment=True, filename=name, content_type=type_)


@require_safe
def export_choose(request, kind):
    """Which columns, which rows, which kind of file."""
    require(workbook_policy.check(request.user, "export"))
    kind = _kind(kind)
    form = ExportForm(request.GET, kind=kind, user=request.user)
    form.is_valid()
    context = {"form": form, "kind": kind, "count": form.count}
    return render(request, "workbooks/export_choose.html", context)


def _kind(name):
    if name not in KINDS:
        raise Http404(f"Buku kerja “{name}” tidak dikenal.")
    return KINDS[name]
