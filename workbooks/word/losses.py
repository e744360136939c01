"""Tells remarks of the reader about something left out from those about how it was understood."""

import re

LOST = re.compile(
    r"tidak dikenal dan dilewati|tidak dapat ditempatkan|tidak dibaca|tidak ikut|tidak jelas|"
    r"bertentangan|berbeda"
)


def is_loss(remark: str) -> bool:
    return bool(LOST.search(remark))
