"""Personal data in what people wrote, masked before anybody else reads it.

What has a form of its own is found: addresses, links, accounts, long numbers. The name of a private person has none,
and is not.
"""

from __future__ import annotations

import re

ADDRESS, LINK, ACCOUNT, NUMBER = "[e-mail]", "[link]", "[account]", "[number]"

LONGEST_NUMBER = 5
"""Digits in a row that may stay: years, prices and counts have them; telephone and card numbers have more."""

_BEFORE_END = r"(?=[\"'“”„«»‘’()<>\[\]{},;:.!?]{0,8}(?:\s|$))"
"""Signs at the end of a link are those of the sentence around it."""

_FORMS = (
    (re.compile(r"[^\s@<>()\[\]]{1,64}@[^\s@<>()\[\]]{1,255}\.\w+"), ADDRESS),
    (
        re.compile(
            rf"(?:[a-z0-9+.-]{{0,16}}://|\bwww\.|(?<![\w.-])(?:[\w-]{{1,63}}\.){{1,5}}[a-z]{{2,24}}/)\S*?{_BEFORE_END}",
            re.IGNORECASE,
        ),
        LINK,
    ),
    (re.compile(r"@\w+"), ACCOUNT),
    (re.compile(r"[+(]{0,2}\d(?:[\s()./+–-]{0,3}\d){" + str(LONGEST_NUMBER) + r",}"), NUMBER),
)
"""In the order in which they are looked for: an address holds what looks like an account.

A comma parts no number: "31,000" is a count of five digits, and "1,200,000" one of runs of three.
"""


def masked(text: str) -> str:
    """Return a text with a mask in the place of each address, link, account and long number; masks stay as they are."""
    for form, mask in _FORMS:
        text = form.sub(mask, text)
    return text


def blanked(text: str) -> str:
    """Return a text without its addresses, links, accounts and long numbers: what is left can be read as a question."""
    for form, _ in _FORMS:
        text = form.sub(" ", text)
    return text
