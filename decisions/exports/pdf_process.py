"""The program that sets one decision as a PDF: JSON on standard input, the PDF on standard output.

It runs in a process of its own, which can be stopped, and whose memory is free again at its end.
"""

import sys
from pathlib import Path
from typing import Literal, cast

import typst

TEMPLATE = Path(__file__).with_name("decision.typ")

# PDF/UA-1 promises a file that is fully accessible; the second is tagged all the same, for a text
# with a character that no font has.
STANDARDS: tuple[Literal["ua-1"] | None, ...] = ("ua-1", None)


def main() -> None:
    """Write the PDF; exit with an error if it cannot be set at all."""
    inputs = {"decision": sys.stdin.buffer.read().decode()}
    compiler = typst.Compiler(TEMPLATE.read_bytes(), sys_inputs=inputs)
    for standards in STANDARDS:
        try:
            pdf = compiler.compile(format="pdf", pdf_standards=standards)
        except typst.TypstError as error:
            problem = error
        else:
            sys.stdout.buffer.write(cast(bytes, pdf))
            return
    sys.exit(str(problem))


if __name__ == "__main__":
    main()
