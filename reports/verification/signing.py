"""The electronic signature on an issued file (PAdES baseline B-B), where a certificate is configured."""

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

FIELD = "Pengesahan"


class SigningError(ValueError):
    """The file cannot be signed. The message is an Indonesian sentence that says what to correct."""


def is_configured() -> bool:
    return bool(settings.SIGNING_CERTIFICATE or settings.SIGNING_PASSPHRASE)


def certificate(*, at: datetime) -> "Certificate":
    """Returns the configured certificate, after checking that it is valid at this time."""
    from cryptography.hazmat.primitives.serialization import pkcs12  # few installations sign

    path, passphrase = settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSPHRASE
    if not path:
        raise SigningError("SIGNING_PASSPHRASE diisi, tetapi SIGNING_CERTIFICATE belum.")
    try:
        with open(path, "rb") as file:
            key, found, _ = pkcs12.load_key_and_certificates(file.read(), passphrase.encode())
    except OSError as error:
        raise SigningError(
            f"SIGNING_CERTIFICATE “{path}” tidak terbaca: {error.strerror}."
        ) from error
    except ValueError:
        raise SigningError(
            f"SIGNING_CERTIFICATE “{path}” bukan berkas PKCS#12 (.p12, .pfx), atau "
            "SIGNING_PASSPHRASE salah."
        ) from None
    if key is None or found is None:
        raise SigningError(f"SIGNING_CERTIFICATE “{path}” tidak berisi kunci dan sertifikatnya.")
    if not found.not_valid_before_utc <= at <= found.not_valid_after_utc:
        raise SigningError(
            f"Sertifikat dalam SIGNING_CERTIFICATE hanya berlaku {found.not_valid_before_utc:%Y-%m-%d} "
            f"sampai {found.not_valid_after_utc:%Y-%m-%d}. Ganti dengan yang masih berlaku."
        )
    return found


def sign(content: bytes, *, reason: str, at: datetime) -> bytes:
    """Returns the PDF with a signature at the end. The bytes of `content` do not change, so PDF/A stays
    valid.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
    from pyhanko.sign.fields import SigSeedSubFilter

    certificate(at=at)
    signer = SimpleSigner.load_pkcs12(
        str(settings.SIGNING_CERTIFICATE), passphrase=settings.SIGNING_PASSPHRASE.encode()
    )
    metadata = PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, reason=reason
    )
    output = BytesIO()
    PdfSigner(metadata, signer).sign_pdf(IncrementalPdfFileWriter(BytesIO(content)), output=output)
    return output.getvalue()
