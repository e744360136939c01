"""Workbooks in a real spreadsheet program: no text runs over the lower edge of its row."""

import shutil
import subprocess

import pdfplumber

from reports.renderers import render
from tests.reports import samples

OFFICE = shutil.which("soffice") or "soffice"
WORDS = (
    "Menyusun rencana aksi atas target kinerja yang tidak tercapai, PERTANGGUNGJAWABAN, "
    "perencanaan/pengukuran 2024-2026, “SMART-C” WWW MMM iii lll. "
)

A_THIRD = 125  # points, of the longest cell: as much as a row may be too high


def test_every_row_is_as_high_as_its_text(tmp_path):
    rows = [samples.row(n, text=f"<p>{WORDS * (n % 7)}akhir{n}</p>") for n in range(1, 40)]
    (tmp_path / "uji.xlsx").write_bytes(render(samples.report(samples.table(rows)), "xlsx"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "uji.xlsx")], check=True, timeout=240)
    with pdfplumber.open(tmp_path / "uji.pdf") as pdf:
        ends = [end for page in pdf.pages for end in spaces_below(page)]
    assert len(ends) > 25
    assert min(ends) > 0
    assert max(ends) < A_THIRD


def spaces_below(page):
    """From the last word of each long cell to the number of the next row."""
    words = page.extract_words()
    tops = {word["text"]: word["top"] for word in words if word["x0"] < 120}
    for word in words:
        if word["text"].startswith("akhir"):
            number = int(word["text"].removeprefix("akhir"))
            if f"{number + 1}." in tops:
                yield tops[f"{number + 1}."] - word["bottom"]
