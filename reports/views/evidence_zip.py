"""All evidence of an LHE as one file."""

import structlog
from django.contrib import messages
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from recommendations.models import Evaluation
from reports.documents import evidence_zip

logger = structlog.get_logger(__name__)


@require_safe
def evidence_files(request, pk):
    """Sends the files while they are packed. Without any evidence it leads to the list that says so."""
    evaluations = Evaluation.objects.visible_to(request.user).select_related("unit")
    archive = evidence_zip.collect(get_object_or_404(evaluations, pk=pk), request.user)
    if not archive.annexes:
        messages.info(request, "Belum ada bukti dukung yang dapat Anda unduh untuk LHE ini.")
        page = reverse("reports:report-preview", args=["evidence-annex"])
        return redirect(f"{page}?evaluasi={pk}")
    logger.info("exported", evidence_of=pk, files=len(archive.annexes))
    pieces = () if request.method == "HEAD" else evidence_zip.stream(archive)
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{archive.name}.zip"
    )
    return response
