"""Makes texts that quote decisions as people do, half of them with a word or a comma changed.

What is expected is decided here, with plain string comparison: nothing is taken from the code that
is tested.
"""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from decisions.documents import Item, item_anchor, paragraph_anchor
from decisions.models import Decision

_PLAIN = str.maketrans("‘’“”–—\u00a0", "''\"\"-- ")


@dataclass(frozen=True)
class Made:
    """A text with one quotation, and what is so of it.

    `changed` is the word or the mark that was changed, "" for a true quotation. `address` is where
    the words stand; `reference` is None if the text has none.
    """

    text: str
    changed: str
    address: str
    reference: str | None


def plain(text: str) -> str:
    """The text in lower case with one blank between words and one style of marks."""
    return " ".join(text.translate(_PLAIN).lower().split())


def texts_of(decision: Decision) -> Iterator[tuple[str, str]]:
    """Each numbered paragraph and its items, with the address of each."""
    for paragraph in decision.document_paragraphs:
        anchor = paragraph_anchor(paragraph.number)
        if anchor:
            yield f"{decision.get_absolute_url()}#{anchor}", paragraph.text
            yield from _items(decision, paragraph.items, anchor)


def _items(decision: Decision, items: Iterable[Item], parent: str) -> Iterator[tuple[str, str]]:
    for item in items:
        anchor = item_anchor(parent, item.label) or parent
        yield f"{decision.get_absolute_url()}#{anchor}", item.text
        yield from _items(decision, item.items, anchor)


def make(decisions: list[Decision], count: int, seed: int) -> Iterator[Made]:
    """So many texts about these decisions, the same each time for a seed."""
    chance = random.Random(seed)
    texts = [(d, address, text) for d in decisions for address, text in texts_of(d)]
    archive = "\n".join(plain(text) for _, _, text in texts)
    vocabulary = sorted({word for _, _, text in texts for word in re.findall(r"[a-z]{4,}", text)})
    made = 0
    while made < count:
        decision, address, text = chance.choice(texts)
        words = _run(chance, text)
        if words is None:
            continue
        changed = ""
        if made % 2:
            altered = (_move_comma if chance.random() < 0.4 else _change_word)(
                chance, words, vocabulary
            )
            if altered is None or plain(" ".join(altered[0])) in archive:
                continue
            words, changed = altered
        reference = decision.reference if chance.random() < 0.8 else None
        quoted = _as_written(chance, words, changed)
        yield Made(_in_a_sentence(chance, quoted, reference), changed, address, reference)
        made += 1


def _run(chance: random.Random, text: str) -> list[str] | None:
    """Six to forty words next to each other, without half a quotation or bracket within."""
    words = text.split()
    if len(words) < 6:
        return None
    size = chance.randint(6, min(40, len(words)))
    start = chance.randint(0, len(words) - size)
    run = words[start : start + size]
    joined = " ".join(run)
    if re.search(r"[“”\"‘()\[\]…]|\.\.|(?<!\w)’|(?<!\w)'|['’](?!\w)", joined):
        return None
    return run


def _change_word(
    chance: random.Random, words: list[str], vocabulary: list[str]
) -> tuple[list[str], str] | None:
    places = [at for at, word in enumerate(words) if word.isalpha()]
    if not places:
        return None
    at, other = chance.choice(places), chance.choice(vocabulary)
    if words[at].lower() == other:
        return None
    return [*words[:at], other, *words[at + 1 :]], other


def _move_comma(
    chance: random.Random, words: list[str], _: list[str]
) -> tuple[list[str], str] | None:
    """Takes a comma away and sets it behind another word, never at either end."""
    commas = [at for at, word in enumerate(words[:-1]) if word.endswith(",")]
    bare = [at for at, word in enumerate(words[:-1]) if word[-1].isalnum()]
    if not commas or not bare:
        return None
    moved = list(words)
    away, to = chance.choice(commas), chance.choice(bare)
    moved[away] = moved[away][:-1]
    moved[to] += ","
    return moved, ","


def _as_written(chance: random.Random, words: list[str], changed: str) -> str:
    """The words with what a writer may change."""
    words = list(words)
    if not changed and len(words) > 12 and chance.random() < 0.3:
        start = chance.randint(3, len(words) - 8)
        if chance.random() < 0.5:
            words[start : start + 3] = [chance.choice(("…", "[...]", "[…]", ". . ."))]
        else:
            words[start : start + 2] = ["[the authority]"]
    text = " ".join(words)
    match chance.randrange(5):
        case 0:
            text = text[0].swapcase() + text[1:]
        case 1:
            text = text.replace("’", "'").replace("–", "-")
        case 2:
            text = text.replace(" ", "\n", 1).replace("e", "e\u00ad", 1)
        case 3:
            text = text.replace(" ", "\u00a0\u00a0", 1)
    return text


def _in_a_sentence(chance: random.Random, quoted: str, reference: str | None) -> str:
    opening, closing = chance.choice(("“”", "‘’", '""', "''", "«»"))
    marked = f"{opening}{quoted}{closing}"
    block = "> " + quoted.replace("\n", "\n> ")
    if reference is None:
        return chance.choice((f"It was said that {marked}.", f"{block}\n"))
    slug, joined = reference.replace(" ", "-"), reference.replace(" ", "")
    return chance.choice(
        (
            f"The Ombudsman held that {marked} ({reference}).",
            f"In {slug} the Ombudsman said: {marked}. That is clear.",
            f"{marked} [{joined}], and nothing else.",
            f"{marked}\n\nOmbudsman, Some Council ({reference}), 5 March 2024",
            f"See https://archive.example/decisions/{slug}/#para-3: {marked}.",
            f"Decision {reference} says:\n\n{block}\n\nSo it is.",
            f"{block}\n> — https://www.lgo.org.uk/decisions/x/{slug}\n",
        )
    )
