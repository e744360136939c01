"""Checks an uploaded Word template before it is used.

It refuses everything that fetches, runs or hides something when the document is opened, and more of it
than other doors do: a template is filled and printed again and again. See `sakip.uploads.office`.
"""

from django.core.exceptions import ValidationError

from sakip.uploads.archive import Limits
from sakip.uploads.check import CheckedFile, check_upload
from sakip.uploads.office import Rules

MOST_BYTES = 5 * 2**20
# Fields that only show facts about the document itself.
FIELDS = frozenset({
    "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "DATE", "TIME", "CREATEDATE", "SAVEDATE",
    "PRINTDATE", "TITLE", "SUBJECT", "AUTHOR", "NUMWORDS", "NUMCHARS", "TOC", "TC", "XE", "INDEX",
    "REF", "PAGEREF", "NOTEREF", "STYLEREF", "SEQ", "HYPERLINK", "SYMBOL", "FORMTEXT",
    "FORMCHECKBOX", "FORMDROPDOWN", "LISTNUM", "=",
})  # fmt: skip
ELEMENTS = frozenset({"altChunk", "object", "control", "OLEObject", "subDoc", "mailMerge"})
RULES = Rules(
    Limits(parts=300, unpacked=30 * 2**20, xml_together=4 * 2**20),  # five pages hold a tenth
    fields=FIELDS,
    elements=ELEMENTS,
    is_bare=True,
)


def check(upload) -> CheckedFile:
    """Raises ValidationError with a sentence that names the file and says what to do."""
    checked = check_upload(upload, rules=RULES)
    if checked.extension != "docx":
        _refuse(checked.name, "bukan dokumen Word. Simpan templatnya sebagai .docx.")
    if checked.size > MOST_BYTES:
        _refuse(
            checked.name, f"lebih besar dari {MOST_BYTES // 2**20} MB. Perkecil gambar di dalamnya."
        )
    return checked


def _refuse(name, reason):
    raise ValidationError(f"Berkas “{name}” {reason}")
