"""Files in an S3-compatible bucket, for an installation of more than one machine (docs/beberapa-mesin.md).

A bucket that does not answer is an OSError, as a broken disk is: whoever handles the one handles the other.
"""

import errno
from functools import wraps

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from sakip.uploads.unfinished import RollbackMixin

IN_MEMORY = 2 * 1024 * 1024  # bytes of a file that is read; more of it goes to a temporary file
CONNECTING, READING, TRIES = 5, 20, 3  # seconds, seconds, times


class StorageAway(OSError):
    """The bucket does not answer, or refuses the program."""

    def __init__(self, name):
        super().__init__(errno.EIO, "the bucket does not answer or refuses", name)


def _told(method):
    """Makes FileNotFoundError or StorageAway of what boto3 raises in a method of a storage."""

    @wraps(method)
    def wrapped(self, name, *args):
        try:
            return method(self, name, *args)
        except FileNotFoundError:
            pass
        except ClientError as error:
            if not _is_missing(error.response):
                raise StorageAway(name) from error
        except (BotoCoreError, Boto3Error) as error:
            raise StorageAway(name) from error
        # Outside of the handlers, so that boto3's error is not taken for the reason.
        raise FileNotFoundError(errno.ENOENT, "not in the bucket", name)

    return wrapped


def _is_missing(response):
    is_404 = response["ResponseMetadata"]["HTTPStatusCode"] == 404
    return is_404 and response["Error"]["Code"] != "NoSuchBucket"


class BucketStorage(RollbackMixin, S3Storage):
    """The bucket stays private: only the program reads it, and sends a file after it has checked the right.

    `style` is "path" or "virtual". Checksums are sent only where they are asked for, because older
    S3-compatible servers refuse those that boto3 adds by itself.
    """

    def __init__(self, *, style, **options):
        config = Config(
            connect_timeout=CONNECTING,
            read_timeout=READING,
            retries={"mode": "standard", "total_max_attempts": TRIES},
            signature_version="s3v4",
            s3={"addressing_style": style},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(
            client_config=config,
            max_memory_size=IN_MEMORY,
            file_overwrite=False,
            default_acl=None,
            **options,
        )

    @_told
    def _open(self, name, mode="rb"):
        file = super()._open(name, mode)
        if "r" in mode:
            file.open()  # reads it now, so that no error comes when the answer has begun
        return file

    @_told
    def _save(self, name, content):
        return super()._save(name, content)

    @_told
    def delete(self, name):
        super().delete(name)

    @_told
    def exists(self, name):
        return super().exists(name)

    @_told
    def size(self, name):
        return super().size(name)

    @_told
    def get_modified_time(self, name):
        return super().get_modified_time(name)

    @_told
    def listdir(self, name):
        return super().listdir(name)

    def names_and_sizes(self):
        """Every object below the location, a thousand with each request."""
        prefix = f"{self.location}/" if self.location else ""
        pages = iter(self.bucket.objects.filter(Prefix=prefix).pages())
        while rows := self._page(prefix, pages):
            yield from ((row.key.removeprefix(prefix), row.size) for row in rows)

    @_told
    def _page(self, prefix, pages):
        return next(pages, None)
