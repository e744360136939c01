"""Pages of the long documents that a person asked for: their progress, and their files while stored."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from reports.exports import background, stored_files
from reports.exports.catalogue import ExportSpec
from reports.exports.progress import progress_of
from reports.models import ReportJob
from reports.views.downloads import send

GONE = "Berkas ini tidak ada lagi. Minta dokumen ini sekali lagi."
CHANGED = "Hak Anda berubah sejak dokumen ini dibuat. Minta dokumen ini sekali lagi dari Laporan."


@require_safe
def job_list(request):
    found = ReportJob.objects.of(request.user).select_related("stored_file")[:50]
    jobs = list(found)
    if any(job.is_unfinished for job in jobs):  # the work of others is not shown here
        background.sweep(timezone.now())
        jobs = list(found.all())
    rows = [(job, progress_of(job)) for job in jobs]
    context = {"rows": rows, "kept": settings.STORED_FILES_KEPT_DAYS}
    return render(request, "reports/job_list.html", context)


@require_safe
def job_detail(request, pk):
    """Returns the whole page; to the script that polls, only the progress of the job."""
    now = timezone.now()
    background.sweep(now)
    job = _find(request, pk)
    context = {
        "job": job,
        "progress": progress_of(job),
        "waits_too_long": background.waits_too_long(job, now),
        "kept": settings.STORED_FILES_KEPT_DAYS,
    }
    template = "reports/_job.html" if request.htmx else "reports/job_detail.html"
    return render(request, template, context)


@require_safe
def job_file(request, pk):
    """Returns the file while it is stored and the person still has the rights with which it was made."""
    job = _find(request, pk)
    spec, today = ExportSpec.from_json(job.spec), timezone.localdate()
    if job.stored_file and stored_files.may_have(job.stored_file, spec, request.user, today):
        return send(job.stored_file)
    messages.error(request, GONE if job.stored_file is None else CHANGED)
    return redirect(job)


@require_POST
def job_cancel(request, pk):
    job = _find(request, pk)
    background.cancel(job=job, at=timezone.now())
    messages.success(request, f"“{job.title}” dibatalkan. Tidak ada berkas yang disimpan.")
    return redirect("reports:job-list")


@require_POST
def job_repeat(request, pk):
    job = _find(request, pk)
    spec = ExportSpec.from_json(job.spec)
    return redirect(
        background.enqueue(spec=spec, title=job.title, actor=request.user, at=timezone.now())
    )


def _find(request, pk):
    found = ReportJob.objects.of(request.user).select_related("stored_file")
    return get_object_or_404(found, pk=pk)
