"""Compiled modules for the processes that tests start.

Where Python is told to write none, each process would compile the project's modules anew. Those of
a run share a directory of the tests' own, and nothing is written beside the sources.
"""

import os
import sys
from pathlib import Path


def shared(variables: dict[str, str]) -> dict[str, str]:
    """These environment variables, changed so that a Python keeps compiled modules.

    Tools that start sites without the tests, such as `make torture`, have no directory for them.
    """
    if not sys.dont_write_bytecode or "TESTS_DATA_DIR" not in os.environ:
        return variables
    directory = Path(os.environ["TESTS_DATA_DIR"]) / "bytecode"
    kept = {name: value for name, value in variables.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(directory)}
