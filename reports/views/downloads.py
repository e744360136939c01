"""A file that was ordered, as the answer to a request."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from reports import production
from reports.definitions import ReportError


def download(request, order):
    try:
        product = production.produce(order, request.user, today=timezone.localdate())
    except ReportError as error:
        raise Http404(str(error)) from error
    response = HttpResponse(product.content, content_type=product.content_type)
    response["Content-Disposition"] = content_disposition_header(True, product.filename)
    return response
