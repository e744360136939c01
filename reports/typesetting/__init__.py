"""Long documents in several processes: cut the HTML, lay out its pieces, join the PDFs.

Nothing here knows Django or a report: `worker.py` runs as a process of its own, light and soon gone,
and leaves the memory that a long document takes to the system. The pages are those that one process
would have made: a piece starts at a guess, and where its page breaks turn out to be other than those
of the piece before, the gap is laid out anew until both agree (`pagination.py`).
"""
