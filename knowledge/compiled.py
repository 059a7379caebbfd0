"""A base made ready and kept in a file, so that the next start need not read, prove and index it again.

The file's name is the fingerprint of everything it was made from: documents, facts, vocabularies, weights, this code
and the Python that runs it. Change one byte of any, and another file is made. A file that cannot be read is made again;
it is never worse than a slow start. Only classes of this package are ever restored from it.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import TypeVar

KEPT = 4
"""Files kept in a folder; the oldest go first."""

_HERE = Path(__file__).resolve().parent
_SUFFIX = ".base"
_PROGRAM = (
    *((_HERE, "*.py"), (_HERE, "*/*.py"), (_HERE, "ranking/*.toml")),
    *((_HERE, "lexicon/*.toml"), (_HERE, "lexicon/*/*.toml")),
)
_PLAIN = frozenset(
    (("builtins", "set"), ("builtins", "frozenset"), ("pathlib", "PosixPath"), ("pathlib", "WindowsPath"))
)

_DIGEST = hashlib.sha256().digest_size
"""Bytes at the beginning of a file, before what they are the digest of."""

Made = TypeVar("Made")


def kept(  # noqa: PLR0913, PLR0917  what is made, where it is kept, and what from
    folder: Path, documents: Path, facts: Path, make: Callable[[], Made], kind: type[Made], variant: str = ""
) -> Made:
    """Return what `make` makes of a base, from the file of an earlier run where there is one.

    Args:
        folder: where the files are; it is made when it is missing. A folder that cannot be written is no error.
        documents: the folder of the documents that it is made from.
        facts: the folder of the fact files that it is made from.
        make: what makes it; what it raises is passed on and nothing is kept.
        kind: the class that it makes.
        variant: tells apart what is made from the same files in different ways; part of the file's name.
    """
    mark = fingerprint(documents, facts)
    known = restored(folder, mark, kind, variant)
    if known is not None:
        return known
    made = make()
    if fingerprint(documents, facts) == mark:  # else somebody saved a file meanwhile: nobody knows what it was made of
        _store(_path(folder, mark, variant), made)
    return made


def restored(folder: Path, mark: str, kind: type[Made], variant: str = "") -> Made | None:
    """Return what was kept under a fingerprint; None where there is nothing that can be used."""
    value = _restored(_path(folder, mark, variant))
    return value if isinstance(value, kind) else None


def fingerprint(documents: Path, facts: Path) -> str:
    """Return the SHA-256 over all that a ready base depends on, as 64 hexadecimal digits."""
    return _over((documents, "*"), (facts, "*.toml"), *_PROGRAM)


def program_fingerprint() -> str:
    """Return the SHA-256 over what of that belongs to the program: code, vocabularies, weights; 64 digits as well."""
    return _over(*_PROGRAM)


def _over(*patterns: tuple[Path, str]) -> str:
    total = hashlib.sha256(sys.implementation.cache_tag.encode() if sys.implementation.cache_tag else b"")
    for folder, pattern in patterns:
        for path in _files(folder, pattern):
            total.update(f"\0{path.name}\0".encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _path(folder: Path, mark: str, variant: str) -> Path:
    return folder / f"{mark}{variant}{_SUFFIX}"


def _files(folder: Path, pattern: str) -> Iterable[Path]:
    return (path for path in sorted(folder.glob(pattern)) if path.is_file() and os.access(path, os.R_OK))


class _OwnClasses(pickle.Unpickler):
    """Restores values of this package and plain containers, and nothing else."""

    def find_class(self, module: str, name: str) -> object:
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        if module.partition(".")[0] == "knowledge" and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a ready base")


def _restored(path: Path) -> object:
    try:
        content = path.read_bytes()
        if hashlib.sha256(memoryview(content)[_DIGEST:]).digest() != content[:_DIGEST]:
            return None
        body = BytesIO(content)
        body.seek(_DIGEST)
        return _OwnClasses(body).load()
    except (OSError, pickle.UnpicklingError, AttributeError, EOFError, ImportError, IndexError, TypeError, ValueError):
        return None  # missing, cut short or of another version: it is made again


def _store(path: Path, made: object) -> None:
    """Write a file so that it is there wholly or not at all, readable by its owner only."""
    body = pickle.dumps(made, protocol=pickle.HIGHEST_PROTOCOL)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(hashlib.sha256(body).digest() + body)
        Path(file.name).replace(path)
        for old in sorted(path.parent.glob(f"*{_SUFFIX}"), key=lambda known: known.stat().st_mtime)[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return  # a read-only or full disk costs the next start its speed, and nothing else
