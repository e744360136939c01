"""How fast the program is beside the usual way of doing the same: `make bench`.

A subject is a module of this package with `rows(bench)`, which yields `measuring.Row`s; SUBJECTS in
`__main__.py` names it. Every measurement runs in a fresh process, ours and the peer's in turn.
"""
