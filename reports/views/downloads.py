"""A file that was ordered, as the answer to a request."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone

from reports.exports import background, stored_files
from reports.exports.catalogue import ReportError, TooLong
from sakip.uploads.serving import hand_out


def download(request, order):
    """The file itself; a long one is left to the worker, and its reader sent to where it appears."""
    now = timezone.now()
    try:
        printout = stored_files.print_out(
            order, request.user, today=timezone.localdate(now), at_once=True
        )
    except ReportError as error:
        raise Http404(str(error)) from error
    except TooLong as long:
        return redirect(background.place(order=order, title=long.title, actor=request.user, at=now))
    return send(printout)


def send(printout):
    return hand_out(
        printout.file,
        content_type=printout.content_type,
        name=printout.filename,
        as_attachment=True,
    )
