"""Personal data in what people wrote, masked before anybody else reads it.

What has a form of its own is found: addresses, links, accounts, long numbers. The name of a private person has none, and
is not.
"""

from __future__ import annotations

import re

ADDRESS, LINK, ACCOUNT, NUMBER = "[e-mail]", "[link]", "[account]", "[number]"

MASKS = (ADDRESS, LINK, ACCOUNT, NUMBER)

LONGEST_NUMBER = 5
"""Digits in a row that may stay: years, prices and counts have them; telephone and card numbers have more."""

_EDGES = "\"'“”„«»‘’()<>[]{},;:!?"

_FORMS = (
    (re.compile(r"[^\s@<>()\[\]]+@[^\s@<>()\[\]]+\.\w+"), ADDRESS),
    (
        re.compile(rf"(?:\b[a-z][a-z0-9+.-]*://|\bwww\.|\b(?:[\w-]+\.)+[a-z]{{2,}}/)[^\s{re.escape(_EDGES)}]*", re.I),
        LINK,
    ),
    (re.compile(r"@\w+"), ACCOUNT),
    (re.compile(r"[+(]*\d(?:[\s()./+–-]{0,3}\d){" + str(LONGEST_NUMBER) + r",}"), NUMBER),
)
"""In the order in which they are looked for: an address holds what looks like an account.

A comma parts no number: "31,000" is a count of five digits, and "1,200,000" one of runs of three.
"""


def masked(text: str) -> str:
    """Return a text with a mask in the place of each address, link, account and long number; masks stay as they are."""
    for form, mask in _FORMS:
        text = form.sub(mask, text)
    return text


def is_masked(text: str) -> bool:
    """Return whether something in a text was masked."""
    return any(mask in text for mask in MASKS)
