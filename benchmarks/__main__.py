"""``make bench``: each line is a median, that of a named alternative, and the ratio.

``make bench ARGS="html pdf"`` runs some of them; how they are timed is in `benchmarks.timing`.
"""

from __future__ import annotations

import sys

from benchmarks import auditing, reading, stores

BENCHMARKS = {
    "text": reading.text,
    "blanks": reading.blanks,
    "html": reading.html,
    "pdf": reading.pdf,
    "memory": reading.memory,
    "embedding": stores.embedding,
    "building": stores.building,
    "store": stores.store,
    "asking": stores.asking,
    "auditing": auditing.auditing,
}


def main() -> None:
    """Run the benchmarks named on the command line, or all of them."""
    chosen = sys.argv[1:] or list(BENCHMARKS)
    unknown = [name for name in chosen if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    for name in chosen:
        BENCHMARKS[name]()


if __name__ == "__main__":
    main()
