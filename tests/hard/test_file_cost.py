"""What it costs to refuse a bad file: memory and time, each file in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.corpus import images, offices, others, pdfs

ROOT = Path(__file__).parent.parent.parent
MOST_MEGABYTES, MOST_SECONDS = 150, 2
CHECK = """
import json, os, resource, sys, time
from pathlib import Path
import django
django.setup()
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.exceptions import ValidationError
from sakip.uploads.check import check_upload

class Upload(TemporaryUploadedFile):
    def __init__(self, path):
        self.file, self.size, self._name = path.open("rb"), path.stat().st_size, path.name.partition("~")[2]

def judged(path):
    began = time.perf_counter()
    try:
        check_upload(Upload(path))
        said = ""
    except ValidationError as error:
        said = error.message
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"file": path.name, "said": said, "seconds": time.perf_counter() - began, "megabytes": peak}

for path in sorted(Path(sys.argv[1]).iterdir()):
    if os.fork() == 0:
        print(json.dumps(judged(path)), flush=True)
        os._exit(0)
    os.wait()
"""


def test_a_bad_file_costs_little(tmp_path, figure):
    kinds = {
        "pdf": pdfs.BAD | pdfs.HEAVY,
        "office": offices.BAD,
        "image": images.BAD | images.HEAVY,
        "other": others.BAD,
    }
    cases = {}
    for kind, found in kinds.items():
        for number, (name, case) in enumerate(found.items()):
            place = f"{kind}-{number:03}~{case.name}"
            cases[place] = (f"{kind}: {name}", case)
            (tmp_path / place).write_bytes(case.content)
    ran = subprocess.run(
        [sys.executable, "-c", CHECK, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
    )  # fmt: skip
    found = [json.loads(line) for line in ran.stdout.splitlines()]
    assert len(found) == len(cases)
    assert [one["file"] for one in found if not one["said"]] == []
    largest = max(found, key=lambda one: one["megabytes"])
    slowest = max(found, key=lambda one: one["seconds"])
    figure("bad files refused", f"{len(found)} of {len(cases)}")
    figure("most memory of one", f"{largest['megabytes']} MB, {cases[largest['file']][0]}")
    figure("memory of the program alone", f"{min(one['megabytes'] for one in found)} MB")
    figure("all together", f"{sum(one['seconds'] for one in found):.1f} s")
    figure("slowest", f"{slowest['seconds']:.2f} s, {cases[slowest['file']][0]}")
    assert largest["megabytes"] < MOST_MEGABYTES
    assert slowest["seconds"] < MOST_SECONDS
