"""Who asks, how often, and for what; and how a refusal is told."""

import structlog
from django.core.exceptions import ValidationError
from django.utils import timezone
from ninja.security import HttpBearer

from api.rules.scopes import SCOPES
from api.services import allowance, tokens
from sakip.middleware import RequestLogMiddleware
from sakip.problems import problem
from sakip.sign_in.rate_limits import waiting_time

HOW_TO_ASK = (
    "Kirim token Anda pada kepala permintaan: “Authorization: Bearer sakip_…”. Token dibuat pada halaman "
    "Token API akun Anda."
)
NOT_IN_SCOPE = "Token ini tidak untuk membaca “{}”. Buat token dengan data itu."
UNREADABLE = "Sebagian parameter tidak dapat dibaca; lihat errors."


class Refusal(Exception):
    """An answer instead of the one that was asked for."""

    def __init__(self, code, detail, **more):
        super().__init__(detail)
        self.code, self.detail, self.more = code, detail, more

    def answer(self):
        return problem(self.code, self.detail, **self.more)


class Bearer(HttpBearer):
    """Makes `request.auth` the holder of the token; `request.user` too, for the log."""

    openapi_description = "Token pribadi, dibuat pada halaman Token API."

    def authenticate(self, request, token):
        at = timezone.now()
        try:
            holder = tokens.holder_of(token, at)
        except tokens.TokenRefused as reason:
            raise unauthorised(str(reason)) from None
        structlog.contextvars.bind_contextvars(api_token=holder.token.pk)
        request.user = holder.seat
        RequestLogMiddleware.bind_user_id(request)
        if seconds := allowance.use_one(holder.token):
            raise too_many(seconds)
        tokens.note_use(holder.token, at)
        return holder


def unauthorised(detail) -> Refusal:
    return Refusal(401, detail, headers={"WWW-Authenticate": "Bearer"})


def too_many(seconds) -> Refusal:
    wait = waiting_time(timezone.timedelta(seconds=seconds))
    detail = f"Token ini sudah dipakai terlalu sering. Coba lagi {wait} lagi."
    return Refusal(429, detail, headers={"Retry-After": str(seconds)})


def require_scope(request, scope):
    if scope not in request.auth.token.scopes:
        raise Refusal(403, NOT_IN_SCOPE.format(SCOPES[scope]))


def require_known(request, names):
    """A slip of the pen must not read as “no filter”."""
    if unknown := [name for name in request.GET if name not in names]:
        known = ", ".join(names) or "tidak ada"
        sentence = f"Parameter ini tidak dikenal. Yang dikenal di sini: {known}."
        raise Refusal(
            400, UNREADABLE, errors=[{"parameter": one, "detail": sentence} for one in unknown]
        )


# ── What a parameter should have been, by the kind of pydantic's error ──────────────────────────
SENTENCES = {
    "int": "Tulis bilangan bulat, misalnya 12.",
    "bool": "Tulis true atau false.",
    "datetime": "Tulis waktu menurut ISO 8601, misalnya 2026-01-31T08:00:00+08:00.",
    "value_error": "Tulis waktu dari tahun 2000 sampai 2100.",
    "greater_than_equal": "Paling kecil {ge}.",
    "less_than_equal": "Paling besar {le}.",
    "literal_error": "Pilih salah satu: {expected}.",
    "string_too_long": "Paling panjang {max_length} karakter.",
}
OTHERWISE = "Nilai ini tidak dapat dibaca."


def told(error: dict) -> dict[str, str]:
    """One error of pydantic as the parameter and a sentence."""
    kind = error["type"]
    sentence = SENTENCES.get(kind) or SENTENCES.get(kind.partition("_")[0], OTHERWISE)
    context = {
        name: str(value).replace(" or ", ", ") for name, value in (error.get("ctx") or {}).items()
    }
    return {"parameter": str(error["loc"][-1]), "detail": sentence.format_map(context)}


def unreadable(request, error):
    """Of a parameter, or of a value that a selector does not know."""
    if isinstance(error, ValidationError):
        return problem(400, " ".join(error.messages))
    return problem(400, UNREADABLE, errors=[told(one) for one in error.errors])
