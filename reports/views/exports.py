"""Long documents that a person ordered: how far they are, and the files for as long as they are kept."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from reports.exports import background, stored_files
from reports.exports.catalogue import Order
from reports.models import ReportJob
from reports.views.downloads import send

GONE = "Berkas ini tidak ada lagi. Minta dokumen ini sekali lagi."
CHANGED = "Hak Anda berubah sejak dokumen ini dibuat. Minta dokumen ini sekali lagi dari Laporan."


@require_safe
def job_list(request):
    background.sweep(timezone.now())
    found = ReportJob.objects.of(request.user).select_related("printout")[:50]
    return render(request, "reports/job_list.html", {"jobs": found, "kept": stored_files.KEPT.days})


@require_safe
def job_detail(request, pk):
    """The whole page, or for a script that asks again only how far the job is."""
    now = timezone.now()
    background.sweep(now)
    job = _find(request, pk)
    context = {
        "job": job,
        "waits_too_long": background.waits_too_long(job, now),
        "kept": stored_files.KEPT.days,
    }
    template = "reports/_job.html" if request.htmx else "reports/job_detail.html"
    return render(request, template, context)


@require_safe
def job_file(request, pk):
    """The file, while it is kept and the person still has the rights with which it was made."""
    job = _find(request, pk)
    order, today = Order.from_json(job.order), timezone.localdate()
    if job.printout and stored_files.may_have(job.printout, order, request.user, today):
        return send(job.printout)
    messages.error(request, GONE if job.printout is None else CHANGED)
    return redirect(job)


@require_POST
def job_cancel(request, pk):
    job = _find(request, pk)
    background.cancel(job=job, at=timezone.now())
    messages.success(request, f"“{job.title}” dibatalkan.")
    return redirect("reports:job-list")


@require_POST
def job_repeat(request, pk):
    job = _find(request, pk)
    order = Order.from_json(job.order)
    return redirect(
        background.place(order=order, title=job.title, actor=request.user, at=timezone.now())
    )


def _find(request, pk):
    found = ReportJob.objects.of(request.user).select_related("printout")
    return get_object_or_404(found, pk=pk)
