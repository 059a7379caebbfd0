"""An invented document that was just added and drafted: the drafts are written out, so that they stay what they are."""

from __future__ import annotations

import hashlib
from pathlib import Path

TEXT = """\
# The Old Bridge

The council of Vell closed the Old Bridge in March, after engineers found cracks in two arches. \
Mayor Ilse Brandt said that the repair would cost 4 million crowns and take about ten months.

Photo: the town archive.
"""

FACTS = """\
# Drafted in April.

[document]
id = "bridge"
title = "The Old Bridge"
sha256 = "{sha256}"

[[fact]]
id = "council-closed-bridge"
draft = true
claim = "The council of Vell closed the Old Bridge in March."
agent = "council"
act = "close"
slots = {{ date = ["March"] }}
quote = "The council of Vell closed the Old Bridge in March"
phrasings = ["When was the Old Bridge closed?"]

[[fact]]
id = "cracks-in-arches"
draft = true  # count them
claim = "Engineers found cracks in two arches."
act = "find"
slots = {{ number = ["two"] }}
quote = "engineers found cracks in two arches"

[[fact]]
id = "repair-cost"
draft = true
claim = "The repair would cost 4 million crowns and take about ten months."
speakers = "brandt"
attribution = "Mayor Ilse Brandt said"
manner = "said"
act = "cost"
slots = {{ money = ["4 million crowns"], duration = ["about ten months"] }}
quote = "the repair would cost 4 million crowns and take about ten months"
phrasings = ["What will the repair cost?", "How many months does it take?"]

[[skipped]]
quote = "# The Old Bridge"
reason = "heading"
"""

NAMES = """\
[[name]]
id = "council"
draft = true
label = "the council"
kind = "organisation"
forms = ["council", "council of Vell"]

[[name]]
id = "brandt"
draft = true
label = "Mayor Ilse Brandt"
kind = "person"
part_of = "council"
forms = ["Ilse Brandt", "Mayor Brandt"]
"""


def bridge(folder: Path) -> Path:
    """Write the document, its drafts and their names into two folders of a folder; return it."""
    for name in ("documents", "facts"):
        (folder / name).mkdir(parents=True)
    (folder / "documents" / "bridge.txt").write_text(TEXT, "utf-8")
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    (folder / "facts" / "bridge.toml").write_text(FACTS.format(sha256=sha256), "utf-8")
    (folder / "facts" / "names.toml").write_text(NAMES, "utf-8")
    return folder
