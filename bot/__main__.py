"""`verbatim`, and `python -m bot`: the outermost edge, where every failure ends in a message and an exit code."""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import sys
import traceback

DONE, PROBLEMS, WRONG_USE, INTERNAL, INTERRUPTED = 0, 1, 2, 70, 130
"""Exit codes. Source: 70 is EX_SOFTWARE of sysexits.h, 130 what shells report for Ctrl-C."""

_UNWRITABLE = frozenset({errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})
"""What the operating system says when output cannot be written."""


FEWER_COLLECTIONS = 100_000
"""Allocations between two garbage collections: a start makes many small values that all stay, and is a tenth faster."""


def main() -> int:
    """Run the command line and return its exit code; never a traceback, unless one is asked for."""
    gc.set_threshold(FEWER_COLLECTIONS)
    _open_streams()
    code = _flushed(_run())
    gc.freeze()  # what is left goes with the process: looking through it for cycles takes a tenth of a short run
    return code


def _open_streams() -> None:
    """Make the streams safe: a closed one is replaced, and text that cannot be encoded is not an error."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115  open as long as the program runs
    if sys.stdout is None:  # descriptor 1 must not be given to a file; what is written here fails, as it should
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")  # noqa: PTH123, SIM115  "
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  "
    for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stdout, "replace"), (sys.stderr, "backslashreplace")):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=errors)


def _run() -> int:
    """Run the command line and return its exit code."""
    try:
        from bot.cli import app  # noqa: PLC0415  an interruption while it is imported ends here too

        app(prog_name="verbatim")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        return _unwritten(error, DONE) if error.errno in _UNWRITABLE else _internal(error)
    except Exception as error:  # noqa: BLE001  the outermost edge
        return _internal(error)
    return DONE


def _flushed(code: int) -> int:
    """Write what is still held back; the exit code tells when that fails."""
    try:
        sys.stdout.flush()
    except OSError as error:
        return _unwritten(error, code)
    return code


def _unwritten(error: OSError, code: int) -> int:
    """Say that the output cannot be written, unless its reader has had enough of it; return the exit code.

    What is still held back is sent nowhere, so that Python does not fail on it when it leaves.
    """
    if error.errno != errno.EPIPE:
        _say(f"verbatim: the output cannot be written: {error.strerror}")
        code = PROBLEMS
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


def _internal(error: Exception) -> int:
    """Say that this program is at fault, and where to report it; with the traceback when debugging."""
    if _debugging():
        traceback.print_exception(error)
    told = " ".join(f"{type(error).__name__}: {error}".split())
    shown = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in told)
    _say(
        f"verbatim: internal error: {shown[:300]}; please report it as an issue of the project, with the command you "
        "used and what it prints with VERBATIM_LOG_LEVEL=DEBUG"
    )
    return INTERNAL


def _debugging() -> bool:
    """Tell whether tracebacks are wanted; not when the settings themselves cannot be read."""
    from bot.settings import SettingsError, read_settings  # noqa: PLC0415  only for this

    try:
        return read_settings().log_level == "DEBUG"
    except SettingsError:
        return False


def _say(message: str) -> None:
    """Print a message to the standard error, if there is anybody to read it."""
    with contextlib.suppress(OSError):
        print(message, file=sys.stderr, flush=True)  # noqa: T201  the command line speaks here


if __name__ == "__main__":
    sys.exit(main())
