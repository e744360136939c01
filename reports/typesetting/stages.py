"""The stages in which a document is made, in their order. `progress(stage, done, total)` reports them.

`progress` is called regularly, with 0 of 0 where a stage cannot be counted. It may raise to stop the work.
"""

from enum import StrEnum


class Stage(StrEnum):
    READ = "read"  # the records
    FILES = "files"  # evidence files checked and prepared
    FORM = "form"  # style sheets and boxes
    PAGES = "pages"  # laid out; the total is an estimate
    NUMBERS = "numbers"  # laid out again, because page numbers became known
    WRITE = "write"  # the file; in Word its chapters
    BIND = "bind"  # pages of evidence files put into it


def silent(stage, done=0, total=0):
    """For those whom nobody follows."""
