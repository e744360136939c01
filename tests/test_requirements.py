"""The lock files hold what the lists of packages ask for."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^([\w-]+)(?:\[\w+\])?==([\w.]+)", re.MULTILINE)


def pins(name):
    found = PIN.findall((ROOT / name).read_text())
    return {(package.lower().replace("_", "-"), version) for package, version in found}


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_the_lock_file_is_as_new_as_the_list(name):
    assert pins(f"{name}.txt") - pins(f"{name}.lock") == set()


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_locked_package_has_a_hash(name):
    blocks = re.split(r"\n(?=[\w-]+==)", (ROOT / f"{name}.lock").read_text())[1:]
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
