"""Files in an S3-compatible bucket, for an installation of more than one machine (docs/beberapa-mesin.md).

A bucket that does not answer is an OSError, as a broken disk is: whoever handles the one handles the other.
"""

import errno
import re
from contextlib import contextmanager

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

IN_MEMORY = 2 * 1024 * 1024  # bytes of a file that is read; more of it goes to a temporary file
CONNECTING, READING, TRIES = 5, 20, 3  # seconds, seconds, times


class StorageAway(OSError):
    """The bucket does not answer, or refuses the program."""

    def __init__(self, name):
        super().__init__(errno.EIO, "the bucket does not answer or refuses", name)


@contextmanager
def _told(name):
    """Makes FileNotFoundError or StorageAway of what boto3 raises."""
    try:
        yield
    except FileNotFoundError:
        is_missing = True
    except ClientError as error:
        is_missing = error.response["ResponseMetadata"]["HTTPStatusCode"] == 404 and not re.match(
            "NoSuchBucket", error.response["Error"]["Code"]
        )
        if not is_missing:
            raise StorageAway(name) from error
    except (BotoCoreError, Boto3Error) as error:
        raise StorageAway(name) from error
    else:
        return
    raise FileNotFoundError(
        errno.ENOENT, "not in the bucket", name
    )  # without boto3's as its context


class BucketStorage(S3Storage):
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

    def _open(self, name, mode="rb"):
        with _told(name):
            file = super()._open(name, mode)
            if "r" in mode:
                file.open()  # reads it now, so that no error comes when the answer has begun
            return file

    def _save(self, name, content):
        with _told(name):
            return super()._save(name, content)

    def delete(self, name):
        with _told(name):
            super().delete(name)

    def exists(self, name):
        with _told(name):
            return super().exists(name)

    def size(self, name):
        with _told(name):
            return super().size(name)

    def get_modified_time(self, name):
        with _told(name):
            return super().get_modified_time(name)

    def listdir(self, name):
        with _told(name):
            return super().listdir(name)

    def names_and_sizes(self):
        """Every object below the location, a thousand with each request."""
        prefix = f"{self.location}/" if self.location else ""
        with _told(prefix):
            for row in self.bucket.objects.filter(Prefix=prefix):
                yield row.key.removeprefix(prefix), row.size
