"""Where files are stored is said as a whole, or refused in words."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from sakip.uploads.bucket_settings import storage

WHOLE = {
    "url": "s3://sakip-berkas/produksi",
    "endpoint": "https://s3.example.go.id",
    "region": "us-east-1",
    "style": "path",
    "ca": None,
    "access_key": "KUNCI",
    "secret_key": "rahasia",
    "x_accel": "",
}
NOTHING = WHOLE | {"url": "", "endpoint": "", "access_key": "", "secret_key": ""}


def test_without_a_bucket_files_are_in_a_folder():
    assert storage(**NOTHING)["BACKEND"].endswith("FileSystemStorage")


def test_a_bucket_with_a_folder():
    options = storage(**WHOLE)["OPTIONS"]
    assert (options["bucket_name"], options["location"]) == ("sakip-berkas", "produksi")
    assert storage(**WHOLE | {"url": "s3://sakip-berkas/"})["OPTIONS"]["location"] == ""
    assert storage(**WHOLE | {"endpoint": "http://127.0.0.1:9000"})["OPTIONS"]["verify"] is None


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"url": "https://s3.example.go.id/sakip"}, "Write the bucket"),
        ({"url": "s3://"}, "Write the bucket"),
        ({"url": "s3://Sakip"}, "Write the bucket"),
        ({"url": "s3://sakip/../lain"}, "Write the bucket"),
        ({"url": "s3://kunci:rahasia@sakip"}, "Write the bucket"),
        ({"endpoint": ""}, "Write the address of the storage"),
        ({"endpoint": "s3.example.go.id"}, "Write the address of the storage"),
        ({"endpoint": "http://s3.example.go.id"}, "only for this machine itself"),
        ({"endpoint": "https://s3.example.go.id:port"}, "Write the address of the storage"),
        ({"endpoint": "https://s3.example.go.id/sakip"}, "without a path"),
        (
            {"endpoint": "https://kunci:rahasia@s3.example.go.id"},
            "Write the address of the storage",
        ),
        ({"region": "Jakarta Pusat"}, "FILES_REGION is"),
        ({"access_key": ""}, "FILES_ACCESS_KEY is empty"),
        ({"secret_key": " "}, "FILES_SECRET_KEY is empty"),
        ({"x_accel": "/bukti-internal/"}, "both set"),
    ],
)
def test_half_a_bucket_is_refused(changed, says):
    with pytest.raises(ImproperlyConfigured) as refused:
        storage(**WHOLE | changed)
    assert says in str(refused.value)
    assert "rahasia" not in str(refused.value)


def test_a_certificate_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="not a file"):
        storage(**WHOLE | {"ca": tmp_path / "ca.pem"})
    (tmp_path / "ca.pem").write_text("")
    options = storage(**WHOLE | {"ca": tmp_path / "ca.pem"})["OPTIONS"]
    assert options["verify"] == str(tmp_path / "ca.pem")


@pytest.mark.parametrize("name", ["endpoint", "access_key", "secret_key"])
def test_a_bucket_that_was_forgotten_is_told(name):
    """Else the files of this machine would stay on it, and the others would answer 404."""
    with pytest.raises(ImproperlyConfigured, match="FILES_URL is not"):
        storage(**NOTHING | {name: "https://s3.example.go.id"})
