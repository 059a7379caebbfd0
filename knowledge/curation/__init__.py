"""What a curator does with a base beside writing it: measure how well it answers, and fit the numbers it decides by.

    >>> from knowledge import KnowledgeBase
    >>> from knowledge.curation import Judge, ask_all, figures_of, read_set, texts_of
    >>> base = KnowledgeBase.load()
    >>> documents = texts_of(base)
    >>> asked = ask_all(base.ask, read_set(path, documents).questions, Judge(documents))
    >>> figures_of(asked).score

Nothing here is needed to answer, and `knowledge` itself does not import it. The one clock is the stopwatch of `asking`,
and the one chance that of `figures`, drawn with a fixed seed.
"""

from knowledge.base import KnowledgeBase
from knowledge.curation.ablating import Ablation, Mechanism, ablated, mechanisms
from knowledge.curation.asking import Ask, Asked, ask_all
from knowledge.curation.calibrating import Calibration, calibrated
from knowledge.curation.comparing import Change, Comparison, compared
from knowledge.curation.durations import median_and_p99
from knowledge.curation.errors import (
    AskingFailed,
    InvalidSet,
    MissingExtra,
    NotExtracted,
    NotReceived,
    NotSettled,
    NotWritten,
)
from knowledge.curation.extracted import Described, Extracted
from knowledge.curation.extracting import extract
from knowledge.curation.figures import (
    INTERVAL,
    Covered,
    Figures,
    by_kind,
    figures_of,
    risk_and_coverage,
    score_interval,
)
from knowledge.curation.judging import Judge, Judged, Verdict
from knowledge.curation.question_sets import Labelled, QuestionSet, read_set
from knowledge.curation.ranking import KINDS, Ranking, ranked
from knowledge.curation.receiving import Addition, Shelf, Wanted, addition, receive, wrong_wishes
from knowledge.curation.results import KeptRun, Kind, Result, read_run, result_of
from knowledge.curation.weights_file import Provenance, thresholds_of, weights_toml
from knowledge.curation.writing import FactText, save, save_all, write
from knowledge.scoring import WEIGHTS

__all__ = [
    "INTERVAL",
    "KINDS",
    "WEIGHTS",
    "Ablation",
    "Addition",
    "Ask",
    "Asked",
    "AskingFailed",
    "Calibration",
    "Change",
    "Comparison",
    "Covered",
    "Described",
    "Extracted",
    "FactText",
    "Figures",
    "InvalidSet",
    "Judge",
    "Judged",
    "KeptRun",
    "Kind",
    "Labelled",
    "Mechanism",
    "MissingExtra",
    "NotExtracted",
    "NotReceived",
    "NotSettled",
    "NotWritten",
    "Provenance",
    "QuestionSet",
    "Ranking",
    "Result",
    "Shelf",
    "Verdict",
    "Wanted",
    "ablated",
    "addition",
    "ask_all",
    "by_kind",
    "calibrated",
    "compared",
    "extract",
    "figures_of",
    "mechanisms",
    "median_and_p99",
    "ranked",
    "read_run",
    "read_set",
    "receive",
    "result_of",
    "risk_and_coverage",
    "save",
    "save_all",
    "score_interval",
    "texts_of",
    "thresholds_of",
    "weights_toml",
    "write",
    "wrong_wishes",
]


def texts_of(base: KnowledgeBase) -> dict[str, str]:
    """Return the text of every document of a base, by id: what the quotes of a set are looked for in."""
    return {document.id: document.text for document in base.documents}
