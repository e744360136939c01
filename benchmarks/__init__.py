"""Compares the speed of the program with the usual way to do the same (the peer): `make bench`.

A subject is a module of this package with a function `rows(bench)`, which yields `measuring.Row`s.
SUBJECTS in `__main__.py` lists the subjects. Every measurement runs in a new process; ours and the peer's
alternate.
"""
