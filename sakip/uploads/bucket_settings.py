"""Where files are stored, from the settings of the environment. Read by the settings: imports no models."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

LOCAL = ("127.0.0.1", "localhost", "::1")
# Names of buckets as S3 allows them, and a folder in it.
BUCKET = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/([\w.-]+(?:/[\w.-]+)*))?/?")


def storage(*, url, endpoint, region, style, ca, access_key, secret_key, x_accel) -> dict:
    """The entry of STORAGES: a folder when `url` is empty, else a bucket. Refuses what does not fit together.

    The refusals name settings, never the keys.
    """
    if not url:
        if left := [
            name
            for name, value in [
                ("FILES_ENDPOINT", endpoint),
                ("FILES_ACCESS_KEY", access_key),
                ("FILES_SECRET_KEY", secret_key),
                ("FILES_CA", ca),
            ]
            if value
        ]:
            raise ImproperlyConfigured(
                f"{left[0]} is set, but FILES_URL is not, so files would go to MEDIA_ROOT. Write "
                "FILES_URL=s3://bucket too, or remove it."
            )
        return {"BACKEND": "sakip.uploads.unfinished.TidyFileSystemStorage"}
    bucket, folder = _bucket(url)
    _check(endpoint, region, ca, access_key, secret_key, x_accel)
    return {
        "BACKEND": "sakip.uploads.bucket.BucketStorage",
        "OPTIONS": {
            "bucket_name": bucket,
            "location": folder,
            "endpoint_url": endpoint,
            "region_name": region,
            "style": style,
            "verify": str(ca) if ca else None,
            "access_key": access_key,
            "secret_key": secret_key,
        },
    }


def _bucket(url):
    found = BUCKET.fullmatch(url)
    if not found or ".." in url:
        raise ImproperlyConfigured(
            f"FILES_URL is “{url.rpartition('@')[2]}”. Write the bucket and, if you like, a folder in it, "
            "such as FILES_URL=s3://sakip-berkas/produksi; the keys go into FILES_ACCESS_KEY and "
            "FILES_SECRET_KEY."
        )
    return found[1], found[2] or ""


def _check(endpoint, region, ca, access_key, secret_key, x_accel):
    if not _is_endpoint(endpoint):
        raise ImproperlyConfigured(
            f"FILES_ENDPOINT is “{endpoint.rpartition('@')[2]}”. Write the address of the storage with "
            "https:// and without a path, such as FILES_ENDPOINT=https://s3.example.go.id; http:// only "
            "for this machine itself."
        )
    if not re.fullmatch(r"[a-z0-9-]{1,40}", region):
        raise ImproperlyConfigured(
            f"FILES_REGION is “{region}”. Write the name of the region, such as FILES_REGION=us-east-1."
        )
    if ca and not ca.is_file():
        raise ImproperlyConfigured(
            f"FILES_CA is “{ca}”, which is not a file. Write the path of the certificate (PEM) of the "
            "authority that signed the storage's."
        )
    for name, value in (("FILES_ACCESS_KEY", access_key), ("FILES_SECRET_KEY", secret_key)):
        if not value.strip():
            raise ImproperlyConfigured(
                f"{name} is empty, but FILES_URL is set. Write the key of an account that may read, write, "
                "list and delete in this bucket only."
            )
    if x_accel:
        raise ImproperlyConfigured(
            "EVIDENCE_X_ACCEL_PREFIX and FILES_URL are both set, but nginx has no files to send when they "
            "are in a bucket. Remove one of them."
        )


def _is_endpoint(endpoint):
    try:
        parts = urlsplit(endpoint)
        parts.port  # noqa: B018  ValueError when it is no number
    except ValueError:
        return False
    is_bare = parts.hostname and parts.path in ("", "/") and not (parts.query or parts.username)
    return bool(is_bare) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL)
    )
