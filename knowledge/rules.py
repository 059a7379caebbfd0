"""The rules that a base is held to, each with how grave it is to break it, and what it is for.

The ids are stable: programs that read the report of `verbatim check` may rely on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How grave a problem is, the gravest first.

    ERROR: the base does not load. WARNING: it loads, but a curator should look. NOTE: worth knowing, and often right.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    def is_as_grave_as(self, other: Severity) -> bool:
        """Return whether this is at least as grave as another."""
        grave = list(Severity)
        return grave.index(self) <= grave.index(other)


class RuleId(StrEnum):
    """What a rule is called wherever it is named."""

    FOLDER_UNREADABLE = "folder-unreadable"
    FILE_UNREADABLE = "file-unreadable"
    RECORD_MALFORMED = "record-malformed"
    ID_TAKEN = "id-taken"
    UNKNOWN_REFERENCE = "unknown-reference"
    FORM_SHARED = "form-shared"
    NAME_CIRCULAR = "name-circular"
    DOCUMENT_UNREADABLE = "document-unreadable"
    DOCUMENT_ALTERED = "document-altered"
    ORIGINAL_ALTERED = "original-altered"
    SUCCESSION_BROKEN = "succession-broken"
    DOCUMENT_TWICE = "document-twice"
    DOCUMENT_UNSPOKEN = "document-unspoken"
    QUOTE_NOT_FOUND = "quote-not-found"
    QUOTE_AMBIGUOUS = "quote-ambiguous"
    QUOTE_CUT = "quote-cut"
    SLOT_NOT_QUOTED = "slot-not-quoted"
    SPEAKER_UNPROVEN = "speaker-unproven"
    CLAIM_NUMBER = "claim-number"
    CLAIM_NEGATION = "claim-negation"
    SENTENCE_UNCOVERED = "sentence-uncovered"
    SKIPPED_QUOTED = "skipped-quoted"
    QUESTION_TWICE = "question-twice"
    CLAIM_NAME = "claim-name"
    SPEAKER_DROPPED = "speaker-dropped"
    QUESTION_ALIKE = "question-alike"
    OTHER_NUMBER = "other-number"
    OPPOSITE_ACT = "opposite-act"
    DENIED_ELSEWHERE = "denied-elsewhere"
    KNOWN_DISAGREEMENT = "known-disagreement"
    UNREACHABLE = "unreachable"
    CONFUSED = "confused"


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a base is held to.

    Attributes:
        title: what is wrong when it is broken, in a few words.
        why: what would come of it, and what is to be done.
        is_deep: it is found by asking the engine, which takes time.
    """

    id: RuleId
    severity: Severity
    title: str
    why: str
    is_deep: bool = False


def _error(rule: RuleId, title: str, why: str) -> Rule:
    return Rule(rule, Severity.ERROR, title, why)


def _warning(rule: RuleId, title: str, why: str, *, is_deep: bool = False) -> Rule:
    return Rule(rule, Severity.WARNING, title, why, is_deep)


_TOLD_APART = (
    "The two would be shown as if both were true. Where they are about different things, give each a value of a "
    "dimension that tells them apart; where one has replaced the other, write superseded_by; where documents disagree, "
    "give each its date, so that both are shown with it."
)

RULES = {
    rule.id: rule
    for rule in (
        _error(
            RuleId.FOLDER_UNREADABLE,
            "A folder of the base is missing, empty or cannot be read",
            "A base is a folder of documents and a folder of fact files. Name both.",
        ),
        _error(
            RuleId.FILE_UNREADABLE,
            "A fact file is not TOML in UTF-8, or cannot be read",
            "Nothing in such a file counts. Mend its syntax, or save it as UTF-8.",
        ),
        _error(
            RuleId.RECORD_MALFORMED,
            "A record is not written as the format asks",
            "A key is missing, unknown or of the wrong kind. The mend names the key.",
        ),
        _error(RuleId.ID_TAKEN, "Two records have one id", "Nothing could refer to either. Choose another id."),
        _error(
            RuleId.UNKNOWN_REFERENCE,
            "A record names a name, act, dimension or fact that is not there",
            "Correct the word, or add what it names to names.toml or to the vocabularies.",
        ),
        _error(
            RuleId.FORM_SHARED,
            "A form belongs to two names",
            "A reader who uses it could mean either. Leave it to one of them.",
        ),
        _error(
            RuleId.NAME_CIRCULAR,
            "A name belongs in the end to itself",
            "Of names that belong to each other in a circle, let the largest stand alone.",
        ),
        _error(
            RuleId.DOCUMENT_UNREADABLE,
            "A document is missing, empty or not UTF-8",
            "Quotes are proven against the document. Put it back as it was received.",
        ),
        _error(
            RuleId.DOCUMENT_ALTERED,
            "A document is not the one that was curated",
            "Its checksum has changed, so its quotes may have. Restore it, or check every quote and write the new sum.",
        ),
        _error(
            RuleId.ORIGINAL_ALTERED,
            "What was received is missing, or is not what the text was taken from",
            "Readers may ask to see it. Restore it, or check the text against it and write the new sum.",
        ),
        _error(
            RuleId.SUCCESSION_BROKEN,
            "A fact or document is replaced by itself in the end, or by a draft",
            "Nobody could say which is true now. Let the newest one stand alone.",
        ),
        _error(
            RuleId.DOCUMENT_TWICE,
            "A document has two fact files",
            "What is known of a document stands in one place. Put the facts into one file.",
        ),
        _error(
            RuleId.DOCUMENT_UNSPOKEN,
            "No fact file speaks of a document",
            "A document that nobody curated answers nothing. Write its fact file, or take it away.",
        ),
        _error(
            RuleId.QUOTE_NOT_FOUND,
            "A quote does not stand in the document",
            "What is shown as the document's words has to be them, to the letter. Copy the text that is shown.",
        ),
        _error(
            RuleId.QUOTE_AMBIGUOUS,
            "A quote stands in the document more than once",
            "It does not say which place is meant. Lengthen it.",
        ),
        _error(
            RuleId.QUOTE_CUT,
            "A quote begins or ends within a word or number, or leaves its sentence",
            "A cut number is another number, and two sentences are two facts. Quote whole words of one sentence.",
        ),
        _error(
            RuleId.SLOT_NOT_QUOTED,
            "Words of a slot are not in the quote",
            "A slot promises an answer in the document's words. Take words of the quote, or lengthen the quote.",
        ),
        _error(
            RuleId.SPEAKER_UNPROVEN,
            "The words that name a speaker are missing, or name another one",
            "Who says so is shown with the words that say it. Quote them as attribution.",
        ),
        _error(
            RuleId.CLAIM_NUMBER,
            "A claim states a number that its sentence does not hold",
            "Take the number out, or quote where it stands.",
        ),
        _error(
            RuleId.CLAIM_NEGATION,
            "One of claim and quote denies what the other says",
            "Say in the claim what the quote says.",
        ),
        _error(
            RuleId.SENTENCE_UNCOVERED,
            "A sentence is neither quoted nor skipped",
            "What it says cannot be asked for, and nobody has decided that it should not. Quote it, or skip it with a "
            "reason.",
        ),
        _error(
            RuleId.SKIPPED_QUOTED,
            "A skipped passage is quoted by a fact",
            "It cannot be both. Remove the one or the other.",
        ),
        _error(
            RuleId.QUESTION_TWICE,
            "A question is written down twice",
            "A phrasing or wording at two records cannot say which of them answers it. Keep it once.",
        ),
        _warning(
            RuleId.CLAIM_NAME,
            "A claim names somebody whom its paragraph does not name",
            "A reader could not find the name where the quote stands. Quote the words that are meant as antecedent, or "
            "take the name out of the claim.",
        ),
        _warning(
            RuleId.SPEAKER_DROPPED,
            "The sentence says who says so, and the fact does not",
            "What somebody said would be told as the document's own word. Write speakers and attribution.",
        ),
        _warning(
            RuleId.QUESTION_ALIKE,
            "A question of a fact stands at another record, too, but for articles",
            "It cannot say which of them answers it. Reword it, or keep it once.",
        ),
        _warning(RuleId.OTHER_NUMBER, "Two facts state different numbers of the same", _TOLD_APART),
        _warning(RuleId.OPPOSITE_ACT, "Two facts tell opposite acts of the same one on the same", _TOLD_APART),
        _warning(RuleId.DENIED_ELSEWHERE, "One fact denies what another says", _TOLD_APART),
        Rule(
            RuleId.KNOWN_DISAGREEMENT,
            Severity.NOTE,
            "Two facts disagree, and readers see why",
            "Different speakers, or documents of different dates, state different things. Both are shown with who says "
            "so, or with their dates. Where one has replaced the other, write superseded_by.",
        ),
        _warning(
            RuleId.UNREACHABLE,
            "No question of a fact's own is answered with it",
            "Readers will hardly find it. Write more phrasings, in other words than those of its neighbours.",
            is_deep=True,
        ),
        _warning(
            RuleId.CONFUSED,
            "Questions of one fact are answered with another",
            "The two cannot be told apart. Give each a value of a dimension, slots of its own, or other phrasings; or "
            "make one fact of them.",
            is_deep=True,
        ),
    )
}
"""Every rule by its id, in the order in which the guide tells them."""
