"""Encrypts what must be readable again but opens an account: under a key derived from SECRET_KEY.

A copy of the database alone is then of no use. SECRET_KEY_FALLBACKS still decrypt.
"""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class WrongKey(Exception):
    """It was encrypted under another SECRET_KEY."""


def encrypt(text: str, purpose: str) -> str:
    return _cipher(purpose, settings.SECRET_KEY).encrypt(text.encode()).decode()


def decrypt(encrypted: str, purpose: str) -> str:
    cipher = _cipher(purpose, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    try:
        return cipher.decrypt(encrypted.encode()).decode()
    except InvalidToken:
        raise WrongKey from None


@lru_cache(maxsize=8)
def _cipher(purpose, *secrets):
    """The first secret encrypts; each one decrypts."""
    return MultiFernet([Fernet(_derived(purpose, secret)) for secret in secrets])


def _derived(purpose, secret):
    key = HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(secret.encode())
    return base64.urlsafe_b64encode(key)
