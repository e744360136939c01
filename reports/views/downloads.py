"""Answers a request with an exported file."""

from io import BytesIO

import structlog
from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.utils import timezone

from reports.exports import background, stored_files
from reports.exports.catalogue import ReportError, TooLong
from sakip.uploads.serving import hand_out

logger = structlog.get_logger(__name__)


def download(request, spec):
    """Returns the file. For a long one, starts a job and redirects to the page that shows its progress."""
    now = timezone.now()
    try:
        stored_file = stored_files.get_or_render(
            spec, request.user, today=timezone.localdate(now), at_once=True
        )
    except ReportError as error:
        raise Http404(str(error)) from error
    except TooLong as long:
        return redirect(background.enqueue(spec=spec, title=long.title, actor=request.user, at=now))
    except stored_files.NotStored as unstored:
        logger.warning("exported, not stored", name=spec.name, outage=unstored.outage.kind)
        return _send_unstored(unstored.exported)
    return send(stored_file)


def _send_unstored(exported):
    return FileResponse(
        BytesIO(exported.content),
        as_attachment=True,
        filename=exported.filename,
        content_type=exported.content_type,
    )


def send(stored_file):
    logger.info(
        "exported", stored_file=stored_file.pk, type=stored_file.content_type, size=stored_file.size
    )
    return hand_out(
        stored_file.file,
        content_type=stored_file.content_type,
        name=stored_file.filename,
        as_attachment=True,
    )
