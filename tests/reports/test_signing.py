"""The electronic signature, proved with a certificate made for the occasion."""

from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID
from django.core.checks import run_checks
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from reports.archival import Reading, broken
from tests.reports.reading import content

PASSPHRASE = "segel-uji"


@pytest.fixture
def certify(tmp_path, settings):
    """Puts a certificate, good from 2020 to the end of a year, into the settings and returns it."""

    def certify(until=2120, passphrase=PASSPHRASE):
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Segel uji SAKIP")])
        builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        usage = x509.KeyUsage(True, True, *[False] * 7)
        builder = builder.not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        builder = builder.not_valid_after(datetime(until, 12, 31, tzinfo=UTC))
        found = builder.add_extension(usage, critical=True).sign(key, hashes.SHA256())
        path = tmp_path / "segel.p12"
        secret = BestAvailableEncryption(PASSPHRASE.encode())
        path.write_bytes(pkcs12.serialize_key_and_certificates(b"segel", key, found, None, secret))
        settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSPHRASE = path, passphrase
        return found

    return certify


def status(file, certificate):
    root = Certificate.load(certificate.public_bytes(Encoding.DER))
    (signature,) = PdfFileReader(BytesIO(file)).embedded_signatures
    return validate_pdf_signature(signature, ValidationContext(trust_roots=[root]))


def test_an_issued_report_is_signed_and_stays_archival(certify, issue):
    certificate = certify()
    issued = issue()
    assert issued.is_signed
    found = status(content(issued), certificate)
    assert found.bottom_line
    assert found.coverage.name == "ENTIRE_FILE"
    with pikepdf.open(BytesIO(content(issued))) as pdf:
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert [words for _rule, words in broken(Reading(pdf))] == []
        (field,) = pdf.Root.AcroForm.Fields
        assert field.V.SubFilter == "/ETSI.CAdES.detached"
        assert "/NeedAppearances" not in pdf.Root.AcroForm


def test_one_changed_byte_breaks_the_signature(certify, issue):
    certificate = certify()
    forged = bytearray(content(issue()))
    place = forged.index(b"/Lang (id)") + 7
    forged[place] = ord("x")
    found = status(bytes(forged), certificate)
    assert not found.intact
    assert not found.bottom_line


def test_without_a_certificate_nothing_is_signed(issue):
    assert not issue().is_signed


def errors():
    return [error.msg for error in run_checks() if error.id == "reports.E001"]


def test_the_start_is_refused_in_words_when_it_can_not_sign(certify, settings, tmp_path):
    certify()
    assert errors() == []
    certify(passphrase="salah")
    assert "SIGNING_PASSPHRASE salah" in errors()[0]
    certify(until=2021)
    assert "hanya berlaku" in errors()[0]
    settings.SIGNING_CERTIFICATE = tmp_path / "tidak-ada.p12"
    assert "tidak terbaca" in errors()[0]
    settings.SIGNING_CERTIFICATE = None
    assert "SIGNING_CERTIFICATE belum" in errors()[0]


def test_the_coordinator_reads_why_it_could_not_be_signed(certify, issue, signed_in, cast, confirm):
    certify(until=2021)
    answer = signed_in(cast.kadir).post(confirm.address, confirm())
    assert "Ganti dengan yang masih berlaku" in answer.content.decode()
