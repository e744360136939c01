"""A bucket answers as a folder does: what is missing is missing, what does not answer is a broken disk."""

import errno

import pytest
from django.core.files.base import ContentFile
from moto import mock_aws

from sakip.operations.outages import STORAGE, outage_of
from sakip.uploads.bucket import BucketStorage, StorageAway
from sakip.uploads.storage import each_file, is_on_this_machine

OPTIONS = {
    "bucket_name": "sakip",
    "location": "produksi",
    "region_name": "us-east-1",
    "style": "path",
    "access_key": "kunci",
    "secret_key": "rahasia",
}


@pytest.fixture
def bucket():
    with mock_aws():
        storage = BucketStorage(**OPTIONS)
        storage.bucket.create()
        yield storage


def test_a_file_is_kept_read_listed_and_removed(bucket):
    name = bucket.save("bukti/2023/a.pdf", ContentFile(b"%PDF-1.7"))
    assert name == "bukti/2023/a.pdf"
    with bucket.open(name) as file:
        assert (file.read(), file.size) == (b"%PDF-1.7", 8)
    assert list(each_file(bucket)) == [(name, 8)]
    assert bucket.listdir("bukti") == (["2023"], [])
    assert not is_on_this_machine(bucket)
    bucket.delete(name)
    assert not bucket.exists(name)


def test_nothing_is_overwritten(bucket):
    first = bucket.save("a.pdf", ContentFile(b"1"))
    assert bucket.save("a.pdf", ContentFile(b"2")) != first
    with bucket.open(first) as file:
        assert file.read() == b"1"


def test_what_is_missing_is_missing(bucket):
    for ask in (bucket.open, bucket.size, bucket.get_modified_time):
        with pytest.raises(FileNotFoundError) as missing:
            ask("bukti/x.pdf")
        assert outage_of(missing.value) is None
    bucket.delete("bukti/x.pdf")


@pytest.mark.parametrize(
    "ask",
    [
        lambda storage: storage.open("a.pdf"),
        lambda storage: storage.save("a.pdf", ContentFile(b"1")),
        lambda storage: storage.exists("a.pdf"),
        lambda storage: storage.delete("a.pdf"),
        lambda storage: list(each_file(storage)),
    ],
)
def test_what_does_not_answer_is_an_outage(monkeypatch, ask):
    monkeypatch.setattr("sakip.uploads.bucket.TRIES", 1)
    away = BucketStorage(**OPTIONS, endpoint_url="http://127.0.0.1:9")
    with pytest.raises(StorageAway) as told:
        ask(away)
    assert told.value.errno == errno.EIO
    assert outage_of(told.value) == STORAGE


def test_a_bucket_that_is_not_there_is_an_outage():
    with mock_aws(), pytest.raises(StorageAway):
        BucketStorage(**OPTIONS).save("a.pdf", ContentFile(b"1"))
