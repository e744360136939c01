"""Kinds of files that are never taken, and names that want to be more than a name."""

from tests.corpus.case import Case
from tests.corpus.pdfs import EXE, HTML, made

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
KIND = "tidak dapat diterima karena jenisnya"
BAD = {
    "a program": ("pasang.exe", lambda: EXE, KIND),
    "a program of Linux": ("pasang", lambda: b"\x7fELF\x02\x01\x01" + bytes(60), KIND),
    "a shortcut": ("laporan.pdf.lnk", lambda: b"L\0\0\0\x01\x14\x02\0" + bytes(60), KIND),
    "a page that runs": ("laporan.hta", lambda: HTML, KIND),
    "a script": ("laporan.js", lambda: b"alert(1)", KIND),
    "a program of the web": ("laporan.php", lambda: b"<?php ?>", KIND),
    "a setting of the server": (".htaccess", lambda: b"Options +ExecCGI", KIND),
    "a page of the web": ("laporan.html", lambda: HTML, KIND),
    "a saved page of the web": ("laporan.mhtml", lambda: b"MIME-Version: 1.0\r\n", KIND),
    "a disk": ("laporan.iso", lambda: bytes(0x8001) + b"CD001" + bytes(99), KIND),
    "a disk as a PDF": ("laporan.pdf", lambda: bytes(0x8001) + b"CD001" + bytes(99), "bukan PDF"),
    "a program of the shell": ("laporan.pdf", lambda: b"#!/bin/sh\nrm -rf /\n", "isinya program skrip"),
    "a mail as a PDF": ("laporan.pdf", lambda: b"From: a@b\r\nTo: c@d\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\n", "bukan PDF"),
    "the test of virus scanners": ("eicar.com", lambda: EICAR, KIND),
    "the test of virus scanners as a PDF": ("laporan.pdf", lambda: EICAR, "bukan PDF"),
    "nothing": ("laporan.pdf", lambda: b"", "kosong"),
    "two endings": ("laporan.pdf.exe", made, KIND),
    "an old document": ("surat.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "Simpan ulang sebagai .docx"),
    "a document with macros": ("surat.docm", made, "Simpan ulang tanpa makro"),
    "a binary workbook": ("data.xlsb", made, "Simpan ulang sebagai .xlsx"),
    "an archive": ("paket.zip", made, "Buka paketnya"),
}  # fmt: skip
BAD = {name: Case(*made) for name, made in BAD.items()}
# As it was sent → as it is kept.
NAMES = {
    "a.pdf\0.pdf": "a.pdf.pdf",
    "../../etc/a.pdf": "a.pdf",
    "..\\..\\a.pdf": "a.pdf",
    "/etc/a.pdf": "a.pdf",
    "C:\\Users\\a.pdf": "a.pdf",
    "lap\u202efdp.exe.pdf": "lapfdp.exe.pdf",
    "a\r\nX: y.pdf": "aX: y.pdf",
    "n" * 300 + ".pdf": "n" * 196 + ".pdf",
    "-rf.pdf": "-rf.pdf",
    "CON.pdf": "CON.pdf",
    "e\u0301.pdf": "é.pdf",
    "\ufeffa\u200b.pdf": "a.pdf",
    "😀 “a”.pdf": "😀 “a”.pdf",
}
