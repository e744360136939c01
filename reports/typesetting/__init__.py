"""Lays out long documents in several processes: cuts the HTML, lays out the pieces, joins the PDFs.

This package uses neither Django nor reports. `worker.py` is a short-lived process, so the memory of a
long document is freed when it ends. The pages are the same as from one process: the start of a piece is
a guess; where its page breaks differ from those of the piece before, the rows between are laid out
again until both agree (`pagination.py`).
"""
