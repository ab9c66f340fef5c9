"""`make bench`: how fast the archive is, beside the bare engine, SQLite FTS5 and Datasette.

    SIZE=57500      how many sample decisions
    KEEP=/dir       keeps the data there, and uses what is there already
    PARTS=…         some of: load engine pages ingest profile; `load` is always done
    SIZES=1,2,3     instead, the curve over these sizes
    FTS5=1          measures SQLite and Datasette at any size; FTS5=0 at none

docs/performance.md says what is measured.
"""

import os
from pathlib import Path

from tests.tools.benchmarks import archive


def main() -> None:
    kept = Path(os.environ["KEEP"]).resolve() if os.environ.get("KEEP") else None
    sizes = [int(size) for size in os.environ.get("SIZES", "").split(",") if size]
    size = int(os.environ.get("SIZE") or 57_500)
    with archive.opened(kept) as data_dir:
        from tests.tools.benchmarks import programme

        programme.introduce()
        if sizes:
            programme.curve(data_dir, sorted(sizes))
        else:
            parts = (os.environ.get("PARTS") or programme.PARTS).split()
            programme.run(data_dir, size, parts, os.environ.get("FTS5"))


if __name__ == "__main__":
    main()
