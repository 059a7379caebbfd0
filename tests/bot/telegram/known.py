"""Some questions to the shipped documents, and what is answered: literals for the tests of the bot."""

from __future__ import annotations

SOURCE = "Report on Gaza ceasefire negotiations (title given by us), publisher not known, no date given"
TITLE = "Report on Gaza ceasefire negotiations (title given by us)"

QUESTION = "How many Palestinians have been killed in Gaza?"
STATEMENT = "Over 31,000 Palestinians have been killed in Gaza."
QUOTE = "Gaza, where over 31,000 Palestinians have been killed"
ANSWER = f"{STATEMENT} [1]\n\n{SOURCE}\n[1] ¶8\n{QUOTE}"

UNSAID = "how many israelis were killed"
RELATED = (
    STATEMENT,
    "Of the 400 Palestinian prisoners in the proposal, 15 are serving life sentences for killing Israelis.",
)
DECLINED = (
    "The document does not state this: Israeli deaths.\n"
    "Related, but not an answer to this:\n"
    f"1. {RELATED[0]}\n"
    f"2. {RELATED[1]}"
)

UNCLEAR = "how many prisoners"
READINGS = ("How many prisoners does Hamas want released?", "How many Israelis would be released under the proposal?")
WHICH = f"This can be read in more than one way. Which do you mean?\n1. {READINGS[0]}\n2. {READINGS[1]}"
FIRST_READING = (
    "Hamas made the deal conditional on the release of 950 imprisoned people. [1]\n\n"
    f"{SOURCE}\n"
    "[1] ¶4\n"
    "Hamas, in its response submitted last Thursday, conditioned this on the release of 950 imprisoned individuals"
)

TWO_PARTS = (
    "What did Hamas demand? What did Israel demand? How many Palestinians have been killed in Gaza? "
    "what do israeli officials say? what does hamas want? what did the US propose?"
)
"""Questions whose answers need two messages."""

RATINGS = ["👍 Helpful", "👎 Wrong", "🤔 Unclear"]
