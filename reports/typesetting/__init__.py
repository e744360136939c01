"""Lays out long documents in several processes: cuts the HTML, lays out the pieces, joins the PDFs.

Of the program this package uses only `archival`, and no Django. `worker.py` is a short-lived process, so
the memory of a long document is freed when it ends. The pages are the same as from one process: the start
of a piece is a guess; where its page breaks differ from those of the piece before, the rows between are
laid out again until both agree (`pagination.py`). The pages of the last print are kept; where nothing
changed, they are used again (`keeping.py`).
"""
