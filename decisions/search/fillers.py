"""Fillers: words of a sentence that say nothing about a decision, such as "how much" and "my".

They are set aside where a query reads as a sentence. Quotation marks keep a word.
"""

from decisions.search.analyzers import words_of
from decisions.search.query_nodes import AllOf, Node, Widened, Word

# Words that join others: they stand in nearly every decision.
_JOINING_WORDS = """
    a about after again all also although an and any as at because before but by even for from if
    in into just like of on only or other same so some still than that the their them then
    there these they this those though to too until where which while with
"""
# Words that occur only in sentences: question words, pronouns and auxiliary verbs, written
# without apostrophes.
_OF_SENTENCES_WORDS = """
    am anybody anyone anything are be been being cant could couldnt did didnt do does doesnt
    doing dont get gets getting got had hadnt has hasnt have havent having he her hers hes him
    his how hows i id im is isnt its ive let me mine my our ours please shall she shes
    should shouldnt someone something theyre theyve us was wasnt we were werent weve what whats
    when whens where wheres who whom whos whose why would wouldnt you your youre yours
"""
# Verbs and other words that sentences need and that say nothing of their subject.
_SAYING_NOTHING_WORDS = """
    actually ever made make makes making once really say saying says seem seems take takes taking
    thing things think want wanted wants whether
"""
# Words that stand in nearly every decision: they tell none of them from the others.
_OF_EVERY_DECISION = """
    complain complained complaining complaint complaints council councils ombudsman ombudsmen
"""
JOINING = frozenset(_JOINING_WORDS.split())
_SAYING_LITTLE = JOINING.union(_OF_EVERY_DECISION.split())
_OF_SENTENCES = frozenset(_OF_SENTENCES_WORDS.split())
# Words that are fillers in a sentence and something else elsewhere: a will, the month of May, IT.
_AMBIGUOUS = frozenset(("can", "it", "may", "might", "must", "will", "wont"))
# All single words that are fillers in a sentence.
FILLERS = JOINING | _OF_SENTENCES | _AMBIGUOUS | frozenset(_SAYING_NOTHING_WORDS.split())
# Words that follow each other and are fillers together: "much" alone is not one.
_TOGETHER = (
    ("how", "much"),
    ("how", "many"),
    ("how", "long"),
    ("how", "often"),
    ("what", "happens"),
    ("what", "happened"),
    ("what", "can", "i", "do"),
    ("what", "to", "do"),
    ("do", "i", "need", "to"),
    ("is", "it", "possible", "to"),
    ("am", "i", "allowed", "to"),
    ("are", "they", "allowed", "to"),
    ("be", "allowed", "to"),
    ("allowed", "to"),
    ("able", "to"),
    ("want", "to"),
    ("wants", "to"),
    ("going", "to"),
    ("need", "to", "know"),
    ("tell", "me"),
    ("show", "me"),
    ("help", "me"),
    ("looking", "for"),
    ("can", "i", "complain"),
    ("how", "do", "i", "complain"),
    ("complain", "about"),
    ("complain", "to", "the", "ombudsman"),
    ("look", "at", "a", "complaint"),
    ("is", "that", "right"),
    ("is", "that", "allowed"),
)
# Fewest words of a sentence, and fewest that need none of _OF_SENTENCES.
MIN_WORDS = 3
MIN_WORDS_WITHOUT_MARK = 5


def set_aside(node: Node) -> tuple[Node, tuple[Word, ...]]:
    """A query without the fillers among its words, and the fillers; unchanged if it is no sentence.

    At least one word, or another part of the query, remains.
    """
    if not isinstance(node, AllOf):
        return node, ()
    words = [part for part in node.parts if isinstance(part, Word)]
    typed = [_normal(part.text, words) if isinstance(part, Word) else "" for part in node.parts]
    is_marked = any(word in _OF_SENTENCES for word in typed) or typed[0] in _AMBIGUOUS
    count = len(node.parts)
    typed_count = sum(len(part.words) if isinstance(part, Widened) else 1 for part in node.parts)
    if typed_count < MIN_WORDS or (typed_count < MIN_WORDS_WITHOUT_MARK and not is_marked):
        return node, ()
    fillers = FILLERS if is_marked else FILLERS - _AMBIGUOUS
    indices = {index for index, word in enumerate(typed) if word in fillers}
    for together in _TOGETHER:
        length = len(together)
        for start in range(count - length + 1):
            if tuple(typed[start : start + length]) == together:
                indices.update(range(start, start + length))
    kept = tuple(part for index, part in enumerate(node.parts) if index not in indices)
    ignored = tuple(
        part for index, part in enumerate(node.parts) if index in indices and isinstance(part, Word)
    )
    if not kept or not ignored:
        return node, ()
    return (AllOf(kept) if len(kept) > 1 else kept[0]), ignored


def says_little(word: Word) -> bool:
    """Whether the word joins others, as "to" and "with", or stands in nearly every decision."""
    return _normal(word.text, [word]) in _SAYING_LITTLE


def _normal(text: str, words: list[Word]) -> str:
    """The word as the lists have it; "" for one in capitals among others, which is a name: "IT"."""
    is_name = len(text) > 1 and text.isupper() and not all(word.text.isupper() for word in words)
    return "" if is_name else " ".join(words_of(text))
