"""Foreign input must not keep a process busy: the work may grow with the input, not with its square."""

import os
import resource
import traceback

SIZE = 100_000  # characters
ENOUGH = 5  # seconds of the processor; the square of so many takes minutes


def much(piece, start="", end=""):
    return start + piece * (SIZE // len(piece)) + end


WORST = {
    "accents": much("\u0301", start="a") + much("\u0323"),
    "blanks": much(" ", end="x"),
    "brackets": much("(1) "),
    "italics": much("_a "),
    "escaped": much("\\_", start="_a"),
    "stars": much("*a*b"),
    "letters": much("ab. x\n"),
    "steps": much("\nx", start="(1) a"),
    "digits": much("1"),
    "dots": much("1.000."),
    "tags": much("<em>"),
    "cut tags": much("<p "),
    "ampersands": much("&"),
    "semicolons": much(";"),
}


def ends(call, *, expected=()) -> bool:
    """Whether `call` ends in time, in a process of its own that is stopped otherwise.

    Only its own work counts, not that of a busy machine. It may raise `expected`, nothing else.
    """
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (ENOUGH, ENOUGH))
        call()
        code = 0
    except expected:
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)
