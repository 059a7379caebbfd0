"""How the engine ranks on public sets, beside BM25 over stems and rapidfuzz's `token_set_ratio` in the same process.

    python -m tests.benchmarks.public squad FILE [--json] [--sample N] [--fit]
    python -m tests.benchmarks.public clinc FILE [--json] [--sample N] [--k 5 20]

squad: FILE is in the format of SQuAD 2.0. Each sentence of an article is a draft fact, with no phrasings; a question is
put to its own article, with one and two typos, and to another one. `passages` are ranked by
`knowledge.ranking.passages`, `weighing` are the drafts weighed like curated facts. The weights that rank an article
were fitted without it where FILE is the one that they were fitted on; --fit fits them anew and writes them (scipy, of
the extra "calibrate"). Eight articles take about two minutes of one core.

clinc: FILE is in the format of CLINC150, with the keys train, val, oos_train and oos_val. Each intent is a fact with K
of its training phrases as phrasings and nothing else; the questions are those of val, with all that are out of scope.
K 5 and 20 take about one minute of one core; 100 takes longer, for `token_set_ratio` reads all phrasings.

--sample N takes N of the questions, always the same ones. Chance has fixed seeds: a FILE always gives the same
figures.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from knowledge.curation import MissingExtra
from tests.benchmarks.public import clinc, squad
from tests.benchmarks.public.files import read_clinc, read_squad
from tests.benchmarks.public.tables import Table


def main() -> None:
    """Measure one file and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="set", required=True)
    for name in ("squad", "clinc"):
        command = commands.add_parser(name)
        command.add_argument("file", type=Path, metavar="FILE")
        command.add_argument("--json", action="store_true", help="print one JSON object")
        command.add_argument("--sample", type=_count, metavar="N", help="take N of the questions")
        if name == "clinc":
            command.add_argument("--k", type=_count, nargs="+", default=[5, 20], help="phrasings of each intent")
        else:
            command.add_argument(
                "--fit", action="store_true", help="fit the weights of passages on FILE and write them"
            )
    given = parser.parse_args()

    if given.set == "clinc":
        _print(clinc.measured(read_clinc(given.file), given.k, given.sample), as_json=given.json)
        return
    articles = read_squad(given.file)
    if given.fit:
        try:
            from tests.benchmarks.public.fit import fit_and_write  # needs scipy
        except MissingExtra as missing:
            raise SystemExit(str(missing)) from None

        print("\n".join(fit_and_write(articles)))
        return
    _print([squad.measured(articles, given.sample)], as_json=given.json)


def _print(tables: list[Table], *, as_json: bool) -> None:
    print(json.dumps([table.as_json() for table in tables]) if as_json else "\n\n".join(map(str, tables)))


def _count(written: str) -> int:
    number = int(written)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


if __name__ == "__main__":
    main()
