"""The form of a backup: a tar file that any tar can list and unpack.

First the member `database`, then `files/…`, last `manifest.json`. Each member carries the SHA-256 of its
content in its header. The manifest counts the members and holds one hash over all of them, so a file that was
cut off or lost a member has no manifest or a wrong one. Both directions read and write piece by piece; memory
does not grow with the number or the size of files.
"""

import hashlib
import json
import os
import tarfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile

from sakip.backup.errors import BackupRefused

DATABASE, FILES, MANIFEST = "database", "files/", "manifest.json"
SHA256 = "SAKIP.sha256"
CHUNK = 1024 * 1024
MOST_MANIFEST = 16 * 1024 * 1024
NOT_WHOLE = (
    "Berkas cadangan ini rusak atau terpotong: {}. Pakai salinan lain, atau cadangan sebelumnya."
)


@dataclass
class ContentsSeal:
    """What has passed so far: the number of files, their bytes, and one hash over all members."""

    files: int = 0
    size: int = 0
    chain: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    @property
    def has_begun(self):
        return self.chain.digest() != hashlib.sha256().digest()

    def add(self, name, size, digest):
        self.chain.update(f"{name}\0{size}\0{digest}\n".encode())
        if name.startswith(FILES):
            self.files += 1
            self.size += size

    def as_json(self):
        return {"files": self.files, "bytes": self.size, "sha256": self.chain.hexdigest()}


def copy_hashed(source, target) -> str:
    """Copies to the end and returns the SHA-256 of what was copied."""
    digest = hashlib.sha256()
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        target.write(chunk)
    return digest.hexdigest()


def hash_of(source) -> str:
    digest = hashlib.sha256()
    while chunk := source.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


class BackupWriter:
    """Writes members to the open file `target`; `folder` takes what is too large for the memory."""

    def __init__(self, target, folder):
        self.tar = tarfile.TarFile(fileobj=target, mode="w", format=tarfile.PAX_FORMAT)
        self.folder, self.seal = folder, ContentsSeal()

    def add(self, name, source):
        with SpooledTemporaryFile(max_size=2 * CHUNK, dir=self.folder) as copy:
            digest = copy_hashed(source, copy)
            size = copy.tell()
            copy.seek(0)
            self._add(name, size, digest, copy)

    def add_path(self, name, path):
        with path.open("rb") as source:
            digest = hash_of(source)
            source.seek(0)
            self._add(name, path.stat().st_size, digest, source)

    def finish(self, manifest):
        content = json.dumps(manifest | {"contents": self.seal.as_json()}, indent=1).encode()
        self._add(MANIFEST, len(content), hashlib.sha256(content).hexdigest(), BytesIO(content))
        self.tar.close()

    def _add(self, name, size, digest, source):
        member = tarfile.TarInfo(name)
        member.size, member.mode, member.mtime = size, 0o600, int(time.time())
        member.pax_headers = {SHA256: digest}
        self.tar.addfile(member, source)
        self.tar.members.clear()  # they would grow with every file
        self.seal.add(name, size, digest)


@dataclass(frozen=True)
class BackupMember:
    name: str
    size: int
    digest: str
    content: object  # to be read before the next member

    @property
    def stored_name(self):
        return self.name.removeprefix(FILES)


@contextmanager
def reading(path):
    """Gives an iterator over the members. Raises BackupRefused when the file is no backup or not whole."""
    with ExitStack() as opened:
        try:
            file = opened.enter_context(path.open("rb"))
        except OSError as error:
            raise BackupRefused(f"“{path}” tidak dapat dibuka: {error.strerror}.") from error
        try:
            yield _members(opened.enter_context(tarfile.open(fileobj=file, mode="r:")))
        except tarfile.TarError as error:
            raise BackupRefused(NOT_WHOLE.format(error)) from error


def _members(tar):
    while member := _next(tar):
        tar.members.clear()
        digest = member.pax_headers.get(SHA256, "")
        if not member.isreg() or not digest or not _is_inside(member.name):
            raise BackupRefused(
                f"Berkas ini memuat “{member.name}”, yang tidak ditulis oleh perintah backup. "
                "Tidak ada yang dipulihkan. Pakai cadangan yang dibuat oleh program ini."
            )
        yield BackupMember(member.name, member.size, digest, tar.extractfile(member))


def _next(tar):
    try:
        return tar.next()
    except ValueError as error:  # a header that is no text or no number
        raise tarfile.ReadError(str(error)) from error


def _is_inside(name):
    path = PurePosixPath(name)
    if name in (DATABASE, MANIFEST):
        return True
    return (
        name.startswith(FILES)
        and name == str(path)
        and ".." not in path.parts
        and not any(sign in name for sign in "\\\0")
        and len(path.parts) > 1
    )


def check(path, *, keep=None) -> dict:
    """Reads everything once and returns the manifest. `keep(member)` may take the content of a member."""
    seal, manifest = ContentsSeal(), None
    with reading(path) as members:
        for member in members:
            if manifest is not None:
                raise BackupRefused(NOT_WHOLE.format("ada isi di belakang daftar isinya"))
            if member.name == MANIFEST:
                manifest = _manifest(member)
                continue
            if not seal.has_begun and member.name != DATABASE:
                raise BackupRefused(NOT_WHOLE.format("tidak diawali dengan basis data"))
            target = keep(member) if keep else None
            with target or open(os.devnull, "wb") as sink:
                digest = copy_hashed(member.content, sink)
            _compare(member, digest)
            seal.add(member.name, member.size, digest)
    if manifest is None:
        raise BackupRefused(NOT_WHOLE.format("daftar isi di akhirnya tidak ada"))
    if manifest.get("contents") != seal.as_json():
        raise BackupRefused(NOT_WHOLE.format("isinya tidak sama dengan daftar isinya"))
    return manifest


def _manifest(member):
    if member.size > MOST_MANIFEST:
        raise BackupRefused(NOT_WHOLE.format("daftar isinya terlalu besar"))
    content = member.content.read()
    _compare(member, hashlib.sha256(content).hexdigest())
    try:
        return json.loads(content)
    except ValueError as error:
        raise BackupRefused(NOT_WHOLE.format("daftar isinya tidak terbaca")) from error


def _compare(member, digest):
    if digest != member.digest:
        raise BackupRefused(NOT_WHOLE.format(f"“{member.name}” berbeda dari saat dicadangkan"))
