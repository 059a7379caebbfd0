"""What a curator does with a base beside writing it: measure how well it answers, and fit the numbers it decides by.

    >>> from knowledge import KnowledgeBase
    >>> from knowledge.curation import Judge, ask_all, figures_of, read_set, texts_of
    >>> base = KnowledgeBase.load()
    >>> documents = texts_of(base)
    >>> asked = ask_all(base.ask, read_set(path, documents).questions, Judge(documents))
    >>> figures_of(asked).score

Nothing here is needed to answer, and `knowledge` itself does not import it. The one clock is the stopwatch of `asking`,
and the only chances are those of `figures`, drawn with a fixed seed, and of `probing`, whose seed is given.
"""

from knowledge.base import KnowledgeBase
from knowledge.curation.drafting.drafting import Drafted, DraftedFiles, draft, draft_files
from knowledge.curation.errors import (
    AskingFailed,
    ChangedMeanwhile,
    InvalidSet,
    MissingExtra,
    NotDrafted,
    NotExchanged,
    NotExtracted,
    NotReceived,
    NotReviewed,
    NotSettled,
    NotWritten,
)
from knowledge.curation.examining.colliding import Reached
from knowledge.curation.examining.examining import asked_of, examine, examined_deeply, reach_of
from knowledge.curation.exchanging.annotations import to_annotations
from knowledge.curation.exchanging.claims import to_claims
from knowledge.curation.exchanging.exchanging import Exchanged, ExchangedFact, gathered
from knowledge.curation.exchanging.links import link_to
from knowledge.curation.exchanging.rows import LARGEST_FILE, Refused, Row, Rows
from knowledge.curation.exchanging.tables import to_table
from knowledge.curation.extracting.extracted import Described, Extracted
from knowledge.curation.extracting.extracting import extract
from knowledge.curation.fitting.calibrating import Calibration, calibrated, thinned
from knowledge.curation.fitting.ranking import KINDS, Ranking, ranked
from knowledge.curation.fitting.weights_file import Provenance, thresholds_of, weights_toml
from knowledge.curation.gaps.filling import file_of, with_drafts, with_phrasings, with_unsaid
from knowledge.curation.gaps.gaps import Asking, Gap, Gaps, Heard, State, Wording, gaps_of, hear
from knowledge.curation.gaps.masking import masked
from knowledge.curation.importing.importing import Fate, ImportWishes, Plan, Taken, plan_import
from knowledge.curation.importing.reading import read_rows
from knowledge.curation.measuring.ablating import Ablation, Mechanism, ablated, mechanisms
from knowledge.curation.measuring.asking import Ask, Asked, ask_all
from knowledge.curation.measuring.comparing import Change, Comparison, compared
from knowledge.curation.measuring.durations import median_and_p99
from knowledge.curation.measuring.figures import (
    INTERVAL,
    Covered,
    Figures,
    by_kind,
    figures_of,
    risk_and_coverage,
    score_interval,
)
from knowledge.curation.measuring.judging import Judge, Judged, Verdict
from knowledge.curation.measuring.question_sets import Labelled, QuestionSet, read_set
from knowledge.curation.measuring.results import KeptRun, Kind, Result, read_run, result_of
from knowledge.curation.probing.kinds import DONE, NEEDED, Probe, ProbeKind
from knowledge.curation.probing.probing import Probed, Prober, Rate, most_probes, probes, rates, rates_by_side
from knowledge.curation.receiving.receiving import Addition, Shelf, Wanted, addition, id_of, receive, wrong_wishes
from knowledge.curation.receiving.revising import Carried, Left, QuoteFate, Revision, Traced, next_id, revision_of
from knowledge.curation.reviewing.amending import (
    Amendment,
    accepted,
    amended,
    carry_out,
    discarded,
    skipped,
    text_to_edit,
    unskipped,
)
from knowledge.curation.reviewing.dividing import begun_fact, merged_facts, split_fact
from knowledge.curation.reviewing.reviewing import Held, Review, open_review, used_names
from knowledge.curation.writing import FactText, save, save_all, toml_of, write
from knowledge.proof.checking import SentenceCoverage, SentenceState
from knowledge.ranking.scoring import weights_file

__all__ = [
    "DONE",
    "INTERVAL",
    "KINDS",
    "LARGEST_FILE",
    "NEEDED",
    "Ablation",
    "Addition",
    "Amendment",
    "Ask",
    "Asked",
    "Asking",
    "AskingFailed",
    "Calibration",
    "Carried",
    "Change",
    "ChangedMeanwhile",
    "Comparison",
    "Covered",
    "Described",
    "Drafted",
    "DraftedFiles",
    "Exchanged",
    "ExchangedFact",
    "Extracted",
    "FactText",
    "Fate",
    "Figures",
    "Gap",
    "Gaps",
    "Heard",
    "Held",
    "ImportWishes",
    "InvalidSet",
    "Judge",
    "Judged",
    "KeptRun",
    "Kind",
    "Labelled",
    "Left",
    "Mechanism",
    "MissingExtra",
    "NotDrafted",
    "NotExchanged",
    "NotExtracted",
    "NotReceived",
    "NotReviewed",
    "NotSettled",
    "NotWritten",
    "Plan",
    "Probe",
    "ProbeKind",
    "Probed",
    "Prober",
    "Provenance",
    "QuestionSet",
    "QuoteFate",
    "Ranking",
    "Rate",
    "Reached",
    "Refused",
    "Result",
    "Review",
    "Revision",
    "Row",
    "Rows",
    "SentenceCoverage",
    "SentenceState",
    "Shelf",
    "State",
    "Taken",
    "Traced",
    "Verdict",
    "Wanted",
    "Wording",
    "ablated",
    "accepted",
    "addition",
    "amended",
    "ask_all",
    "asked_of",
    "begun_fact",
    "by_kind",
    "calibrated",
    "carry_out",
    "compared",
    "discarded",
    "draft",
    "draft_files",
    "examine",
    "examined_deeply",
    "extract",
    "figures_of",
    "file_of",
    "gaps_of",
    "gathered",
    "hear",
    "id_of",
    "link_to",
    "masked",
    "mechanisms",
    "median_and_p99",
    "merged_facts",
    "most_probes",
    "next_id",
    "open_review",
    "plan_import",
    "probes",
    "ranked",
    "rates",
    "rates_by_side",
    "reach_of",
    "read_rows",
    "read_run",
    "read_set",
    "receive",
    "result_of",
    "revision_of",
    "risk_and_coverage",
    "save",
    "save_all",
    "score_interval",
    "skipped",
    "split_fact",
    "text_to_edit",
    "texts_of",
    "thinned",
    "thresholds_of",
    "to_annotations",
    "to_claims",
    "to_table",
    "toml_of",
    "unskipped",
    "used_names",
    "weights_file",
    "weights_toml",
    "with_drafts",
    "with_phrasings",
    "with_unsaid",
    "write",
    "wrong_wishes",
]


def texts_of(base: KnowledgeBase) -> dict[str, str]:
    """Return the text of every document of a base, by id: what the quotes of a set are looked for in."""
    return {document.id: document.text for document in base.documents}
