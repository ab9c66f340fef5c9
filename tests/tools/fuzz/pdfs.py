"""PDFs for the fuzz: laid out anew from changed lines, and read by a fork, not a new program.

A fork costs a hundredth of a program that starts; a crash of pdfium, or its hunger, still ends only
the process of one input.
"""

import json
import os
import random
import resource
from contextlib import suppress
from pathlib import Path
from typing import Any

from decisions.documents import ParseError
from decisions.parsing import pdf_process

# Memory that a fork may take beyond what it begins with, in bytes.
_MORE_MEMORY = 200_000_000


def printed(pages: list[bytes]) -> bytes:
    """A PDF of pages, each given as what draws it; fonts: F is regular, B bold."""
    kids = b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(len(pages)))
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica%s/Encoding/WinAnsiEncoding>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        font % b"",
        font % b"-Bold",
    ]
    for number, content in enumerate(pages):
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources"
            b"<</Font<</F 3 0 R/B 4 0 R>>>>>>" % (6 + 2 * number),
            b"<</Length %d>>stream\n%s\nendstream" % (len(content) + 1, content),
        ]
    body = b"".join(b"%d 0 obj%s endobj\n" % (number, one) for number, one in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"  # pdfium finds the objects


def laid_out(text: str, chance: random.Random) -> bytes:
    """A PDF of a text, whose lines stand, now and then, where no program would put them."""
    pages: list[list[bytes]] = [[]]
    down, leading = 60.0, chance.choice((11.0, 13.0, 13.0, 20.0, 3.0))
    oddness = chance.choice((0, 0.02, 0.2))
    furniture = chance.choice((b"", b"(https://a.example/x 1/9) Tj", b"(Final decision) Tj"))
    for line in text.splitlines()[:400]:
        left = 50 + 4.0 * (len(line) - len(line.lstrip()))
        size, font, down = 10.0, b"F", down + leading
        if chance.random() < oddness:
            size = chance.choice((0.0, 0.01, 1, 14, 30, 3000, -10))
            font = chance.choice((b"F", b"B"))
            left = chance.choice((0, 50, 300, 594, -4000, 1e7))
            down = chance.choice((0, 60, down, down - leading, 830, 1e7))
        if down > 780 or chance.random() < oddness / 10:
            pages.append([])
            down = 60.0
        place = b"1 0 0 1 %.2f %.2f Tm /%s %.2f Tf" % (left, 842 - down, font, size)
        pages[-1].append(b"BT %s (%s) Tj ET" % (place, _escaped(line.strip())))
        if chance.random() < oddness:
            pages[-1].append(b"%.2f %.2f 4 4 re f" % (left - 8, 844 - down))
    edge = b"BT 1 0 0 1 50 820 Tm /F 8 Tf %s ET" % furniture
    return printed([b"\n".join([edge, *page]) for page in pages[:20]])


def _escaped(text: str) -> bytes:
    data = text.encode("cp1252", "replace")
    for sign in (b"\\", b"(", b")"):
        data = data.replace(sign, b"\\" + sign)
    return data.replace(b"\r", b"").replace(b"\n", b"")


def extract(data: bytes) -> Any:
    """As `pdf_lines` has it: what `pdf_process` finds in a PDF. Raises ParseError if it ends."""
    reader, writer = os.pipe()
    pid = os.fork()
    if not pid:
        with suppress(BaseException), os.fdopen(writer, "w") as out:
            _limit_this_process()
            json.dump(pdf_process.read(data), out)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as found:
        answer = found.read()
    os.waitpid(pid, 0)
    try:
        return json.loads(answer)
    except ValueError:
        raise ParseError("a PDF that cannot be read: it takes too much memory or time") from None


def _limit_this_process() -> None:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    memory = pages * resource.getpagesize() + _MORE_MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (pdf_process.MAX_SECONDS, pdf_process.MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
