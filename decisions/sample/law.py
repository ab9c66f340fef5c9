"""The standard paragraphs on the Ombudsman's powers, with citations as in real decisions."""

from decisions.documents import Item, Paragraph
from decisions.sample.data import read_blocks
from decisions.sample.words import Words

PARAGRAPHS = {block.title: block.lists for block in read_blocks("law")}

# Share of paragraphs and citations with a typing mistake.
TYPO_SHARE = 0.02
# (right, wrong): typing mistakes of the kinds in real citations.
TYPOS = (
    ("section 34(3)", "section 34(B)"),
    ("34B(8)", "34(B)8"),
    ("34H(1)", "34H(i)"),
    ("EWHC", "EHWCC"),
    ("as amended)", "as amended"),
    ("section 33ZA, as amended", "section 33ZA,as amended"),
    ("section 24A(6)", "sections 24A(6)"),
    ("1974, ", "1974 "),
)


def powers_paragraph(key: str, number: int, words: Words) -> list[Paragraph]:
    """The paragraph on one power; after a list, an unnumbered paragraph with the citation."""
    lists = PARAGRAPHS[key]
    text = _slip(words.choose(lists["wording"]), words)
    if "items" not in lists:
        return [Paragraph(number, text)]
    items = words.draw(lists["items"], 2 + int(words.chance() * 3))
    ends = [", or"] * (len(items) - 1) + ["."]
    bullets = tuple(Item(None, item + end) for item, end in zip(items, ends, strict=True))
    return [
        Paragraph(number, text, bullets),
        Paragraph(None, _slip(words.choose(lists["tail"]), words)),
    ]


def _slip(text: str, words: Words) -> str:
    if words.chance() < TYPO_SHARE:
        right, wrong = TYPOS[int(words.chance() * len(TYPOS))]
        return text.replace(right, wrong, 1)
    return text
