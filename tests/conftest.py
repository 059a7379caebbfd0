"""What holds for all tests."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from knowledge.base import KnowledgeBase

HARBOUR = Path(__file__).parent / "bot" / "harbour"

# A law is about what comes out, not about how fast the machine is that tests it, which may be busy with something else.
settings.register_profile("laws", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("laws")

# Jobs that a shell puts into the background ignore Ctrl-C, and so would the programs that tests start and interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the shipped base and the harbour are ready, made once for all workers; no test writes there."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    KnowledgeBase.load(cache=folder / "ready")
    KnowledgeBase.load(HARBOUR / "documents", HARBOUR / "facts", cache=folder / "ready")
    return folder / "ready"
