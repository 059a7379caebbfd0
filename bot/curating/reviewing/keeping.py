"""The text that is being edited, kept beside the fact file until it is saved: leaving in the middle loses nothing."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.curation import NotWritten, write


class Kept(BaseModel):
    """A text that is being edited.

    Attributes:
        labels: the facts in whose place it goes, as messages call them; none for a new one.
        texts: what these were when it was begun.
        sentence: the number of the sentence that it is about.
        begun: what the text was when it was begun.
        text: what it is by now.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    labels: tuple[str, ...]
    texts: tuple[str, ...]
    sentence: int
    begun: str
    text: str

    @property
    def is_changed(self) -> bool:
        """Whether anything was typed."""
        return self.text != self.begun


def place_of(path: Path) -> Path:
    """Return where the text is kept that is being edited of a fact file; no base reads it."""
    return path.with_name(f".{path.name}.unsaved")


def keep(path: Path, kept: Kept) -> None:
    """Keep what is being edited of a fact file.

    Raises:
        NotWritten: it cannot be written.
    """
    write({place_of(path): f"{json.dumps(kept.model_dump(mode='json'), ensure_ascii=False, indent=1)}\n"})


def kept_of(path: Path) -> Kept | None:
    """Return what was being edited of a fact file when a desk was left; None when nothing was.

    Raises:
        NotWritten: there is something, and it cannot be read.
    """
    place = place_of(path)
    try:
        return Kept.model_validate_json(place.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError):
        raise NotWritten(
            f"{place}: holds a text that was being edited and cannot be read; look into it, then delete it"
        ) from None


def forget(path: Path) -> None:
    """Forget what was being edited of a fact file: it is saved, or not wanted."""
    with suppress(OSError):
        place_of(path).unlink(missing_ok=True)
