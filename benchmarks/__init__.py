"""Compares the speed of the program with the usual way to do the same (the peer): `make bench`.

A subject is a module of this package with a function `rows(bench)`, which yields what `rows.py` defines: a
`Row` with a peer and its aim, or with the bare work and its limit; a `Bound`; a `Growth`. Pages are measured
in one process, in turn with what they are compared with (`visiting.py`, `turns.py`); files, which take
seconds, each in a new process (`measuring.py`). The databases come from `databases.py`. `latest.json` keeps
the last run, small and full; docs/kecepatan.md shows it.
"""
