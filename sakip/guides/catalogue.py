"""Which guides there are. Each is one Markdown file, read on a forge as well as in the program."""

from django.conf import settings

FOLDER = settings.BASE_DIR / "docs" / "panduan"
INDEX = "README"  # what a forge shows of a folder
GUIDES = (
    "mulai",
    "operator",
    "evaluator",
    "koordinator",
    "pimpinan",
    "kantor-baru",
    "setahun",
    "impor",
    "pesan",
    "istilah",
    "administrasi",
)
