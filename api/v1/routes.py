"""The addresses of the API, made from `kinds`, and its description."""

import json
from functools import cache
from typing import Annotated

from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from ninja import Field, NinjaAPI, Path, Query, Schema
from ninja.errors import AuthenticationError
from ninja.errors import ValidationError as Unreadable
from pydantic import create_model

from api.selectors import follow_up
from api.v1 import guard, lists
from api.v1.kinds import KINDS, Listing
from api.v1.queries import Key
from api.v1.records import ProblemRecord
from recommendations.models import EvidenceRevision
from sakip.problems import problem
from sakip.uploads.serving import hand_out

ABOUT = (
    "Data tindak lanjut SAKIP untuk program lain, hanya dibaca. Setiap token membaca apa yang boleh dibaca "
    "pemiliknya pada halaman program. Angka desimal adalah teks dengan titik desimal; tanggal dan waktu "
    "menurut ISO 8601."
)
NO_FILE = "Bukti ini tidak punya berkas, atau tidak boleh dibaca dengan token ini."
REFUSALS = {
    400: "Parameter tidak dapat dibaca",
    401: "Token tidak ada, mati, atau tidak dikenal",
    403: "Token tidak untuk data ini",
    404: "Tidak ada, atau tidak boleh dibaca",
    429: "Terlalu banyak permintaan; lihat Retry-After",
}

api = NinjaAPI(
    title="API Tindak Lanjut SAKIP",
    version="1",
    description=ABOUT,
    auth=guard.Bearer(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-v1",
)


@api.exception_handler(guard.Refusal)
def refused(request, refusal):
    return refusal.answer()


@api.exception_handler(AuthenticationError)
def without_token(request, error):
    return guard.unauthorised(guard.HOW_TO_ASK).answer()


@api.exception_handler(Http404)
def not_found(request, error):
    return problem(404, str(error))


for unreadable in (Unreadable, ValidationError):
    api.exception_handler(unreadable)(guard.unreadable)


def _add_list(kind: Listing):
    def listed(request, query: Annotated[kind.query, Query()]):  # type: ignore[name-defined]
        guard.require_scope(request, kind.scope)
        guard.require_known(request, kind.query.model_fields)
        return lists.one_page(request, kind, query)

    api.get(
        f"/{kind.path}",
        operation_id=f"list_{kind.path.replace('-', '_')}",
        summary=kind.title,
        tags=[kind.scope],
        response=_page_of(kind.record),
        openapi_extra=_answers(csv=True),
    )(listed)


def _add_record(kind: Listing):
    def shown(request, pk: Annotated[Key, Path()]):
        guard.require_scope(request, kind.scope)
        guard.require_known(request, ())
        return lists.one_record(request, kind, pk)

    api.get(
        f"/{kind.path}/{{pk}}",
        operation_id=f"get_{kind.path.replace('-', '_')}",
        summary=f"{kind.title}: satu",
        tags=[kind.scope],
        response=kind.record,
        openapi_extra=_answers(404),
    )(shown)


def evidence_file(request, pk: Annotated[Key, Path()]):
    """Hands out the newest revision, as the page does."""
    guard.require_scope(request, "evidence")
    evidence = get_object_or_404(follow_up.evidence(request.auth.seat), pk=pk)
    revision = EvidenceRevision.objects.filter(evidence=evidence).first()
    if revision is None:
        raise Http404(NO_FILE)
    kind, name = revision.content_type, revision.original_name
    return hand_out(revision.file, content_type=kind, name=name, as_attachment=True)


def _page_of(record):
    return create_model(
        f"{record.__name__}Page",
        __base__=Schema,
        items=(list[record], ...),
        next=(
            str | None,
            Field(description="Alamat halaman berikutnya; null pada halaman terakhir."),
        ),
    )


def _answers(*more, csv=False):
    """What is answered besides the records themselves; `more` are statuses that not every address has."""
    content = {
        "application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemRecord"}}
    }
    answers = {
        status: {"description": told, "content": content}
        for status, told in REFUSALS.items()
        if status != 404 or 404 in more
    }
    answers[304] = {"description": "Tidak berubah sejak ETag yang dikirim"}
    if csv:
        answers[200] = {"content": {"text/csv": {"schema": {"type": "string"}}}}
    return {"responses": answers}


for kind in KINDS:
    _add_list(kind)
    if kind.has_pages:
        _add_record(kind)
_FILE = {200: {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}}
api.get(
    "/evidence/{pk}/file",
    operation_id="get_evidence_file",
    summary="Berkas bukti dukung, revisi terakhir",
    tags=["evidence"],
    response=None,
    openapi_extra={"responses": _answers(404)["responses"] | _FILE},
)(evidence_file)


@cache
def openapi() -> dict:
    """The description of everything above, with the schemas of the records, as it reads in JSON."""
    prefix = reverse("api:v1", args=["-"]).removesuffix("-")
    document = api.get_openapi_schema(path_prefix=prefix)
    document["components"]["schemas"]["ProblemRecord"] = ProblemRecord.model_json_schema()
    for operations in document["paths"].values():
        for parameter in operations["get"]["parameters"]:
            parameter["schema"] = _without_null(parameter["schema"])
    return json.loads(json.dumps(document))


def _without_null(schema):
    """An address has no null: a parameter that is not wanted is left out."""
    options = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    return options[0] | {k: v for k, v in schema.items() if k != "anyOf"} if options else schema


def describe(request):
    return JsonResponse(openapi(), json_dumps_params={"ensure_ascii": False})


urlpatterns = [path("openapi.json", describe, name="openapi"), path("", api.urls)]
