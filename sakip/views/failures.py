"""The page of a failure that nobody foresaw."""

from django.http import HttpResponseServerError
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

from sakip.log_lines import request_id


@requires_csrf_token
def server_error(request):
    """Shows the first part of the id under which the failure stands in the log."""
    return HttpResponseServerError(
        render_to_string("500.html", {"code": request_id().partition("-")[0]})
    )
