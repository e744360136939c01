"""The door of the API. What is behind it takes as long to load as Django, so it is loaded with the first request."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import Resolver404, get_resolver
from django.views.decorators.csrf import csrf_exempt

from sakip.problems import problem

READING = ("GET", "HEAD")
NO_METHOD = "API ini hanya dibaca. Pakai metode GET."
NO_ADDRESS = "Alamat ini tidak ada. Daftarnya di /api/v1/openapi.json."


@login_not_required  # the token of the request is asked for behind the door
@csrf_exempt  # nothing is written, and no other site can send the token
def enter(request, rest) -> HttpResponse:
    """Answers with what `api.v1.routes` has at this address, with or without a stroke at its end."""
    if request.method not in READING:
        return problem(405, NO_METHOD, headers={"Allow": ", ".join(READING)})
    try:
        found = get_resolver("api.v1.routes").resolve(f"/{rest.removesuffix('/')}")
    except Resolver404:
        return problem(404, NO_ADDRESS)
    request.method = "GET"  # the server leaves out the body of an answer to HEAD
    request.resolver_match = found  # what the log tells of the request
    return found.func(request, *found.args, **found.kwargs)


def description() -> dict:
    """The OpenAPI document."""
    from api.v1.routes import openapi

    return openapi()
