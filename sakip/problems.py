"""Failures told to programs: problem documents (RFC 9457) instead of pages. The API is below one path."""

import json

from django.http import HttpResponse
from django.urls import get_script_prefix

API = "api/v"
TITLES = {
    400: "Permintaan tidak dapat dibaca",
    401: "Token diperlukan",
    403: "Tidak diizinkan",
    404: "Tidak ditemukan",
    405: "Metode tidak didukung",
    429: "Terlalu banyak permintaan",
    500: "Kesalahan program",
    503: "Sedang tidak dapat melayani",
    507: "Penyimpanan penuh",
}


def is_asked(request) -> bool:
    """Whether a program asks, which reads no page."""
    return request.path.startswith(f"{get_script_prefix()}{API}")


def problem(status: int, detail: str, *, headers=None, **more) -> HttpResponse:
    """`detail` is a sentence for whoever maintains the program that asks; `more` are further members."""
    told = {"title": TITLES[status], "status": status, "detail": detail, **more}
    return HttpResponse(
        json.dumps(told, ensure_ascii=False),
        status=status,
        content_type="application/problem+json",
        headers={"Cache-Control": "no-store", **(headers or {})},
    )
