"""The query language: parses what a reader types. No text is an error.

    school transport            both words, in any form ("schools", "transported")
    "school transport"          the words next to each other
    bus OR taxi                 either word; OR binds more tightly than the space between words
    -appeal, NOT appeal         without the word
    school (bus OR taxi)        brackets group
    transp*                     words that start with these letters
    "school delay"~5            in either order, with at most five words between them
    school w/5 delay            the same; also school /5 delay, and /s and /p as lawyers write them
    council:kent, law:26B       in the council's name; likewise category, reason, law, ref
    s.26, sched 5, para 3       also "section 26", "schedule 5", "paragraph 3"
    apology in:remedy           in one part only: complaint, findings, decision or remedy

The text is simplified first (`decisions.characters`). Curly quotes count as straight ones. An
unclosed quotation or bracket is closed at the end, and an operator without operands is ignored;
`ParsedQuery.notes` says so. Words that stand beside each other are looked up in the thesaurus, and
fillers are set aside (`thesaurus`, `fillers`); quotation marks keep both as they are.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from decisions.characters import simplify
from decisions.search.analyzers import is_title
from decisions.search.fillers import set_aside
from decisions.search.query_nodes import (
    AllOf,
    AnyOf,
    InField,
    Node,
    Phrase,
    Prefix,
    Widened,
    Without,
    Word,
    plain_words,
)
from decisions.search.thesaurus import Subject, subjects, widen

# Most words and phrases of a query that are searched for: each costs the engine time, and nobody
# types more.
MAX_UNITS = 50
MAX_DEPTH = 8  # most levels of nested brackets
MAX_NEAR = 20  # most words between two near words; the index separates paragraphs by more

# The index's field for each name that a reader may write before a colon.
NAMED = {
    "council": "council_name",
    "category": "category_name",
    "reason": "reason_name",
    "law": "law_name",
    "ref": "reference",
}
PARTS = ("complaint", "findings", "decision", "remedy")


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A parsed query. `node` is None when the text has no word at all.

    `notes` are sentences that tell the reader what was corrected. `is_plain` is True when the text
    has only words, so that no explanation is needed. `ignored` are the fillers set aside, and
    `widened` the words for which other names are looked for too, and `subjects` what the words
    name.
    """

    node: Node | None
    notes: tuple[str, ...]
    is_plain: bool
    ignored: tuple[Word, ...] = ()
    widened: tuple[Widened, ...] = ()
    subjects: tuple[Subject, ...] = ()


_CURLY_QUOTES = str.maketrans("“”„‟«»＂", '"""""""')

_TOKEN = re.compile(
    r"""
      \s+
    # “school transport”, “school transport”~5; an unclosed quote extends to the end
    | (?P<quote>") (?P<phrase>[^"]*) (?P<closed>"?) (?: (?<=") \s*~\s*(?P<near>\d{1,4}) )?
    | (?P<open>\()
    | (?P<close>\))
    # council:kent, in:remedy; with nothing after the colon it is a word
    | (?P<field>(?i:council|category|reason|law|ref|in)) : (?=[^\s)])
    # -appeal, but not a dash between spaces, nor the one in "well-known"; telephones write "–"
    | (?P<minus>[-–—]+) (?=[^\s)\-–—])
    # school w/5 delay, school /s delay
    | (?:w|n|near|within)?/(?P<within>\d{1,4}|[sp]) (?=[\s()"]|$)
    # noise,bakery and bakery/noise are two words
    | (?<=[^\W\d_]{2}) [,;/|]+ (?=[^\W\d_]{2})
    # 24A(6) is one word: no space precedes its bracket
    | (?P<word>
        (?: (?! (?<=[^\W\d_]{2}) [,;/|]+ [^\W\d_]{2} ) [^\s"()] )+
        (?: \([^\s"()]*\) [^\s"()]* )*
      )
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Most words between for "in the same sentence" and "in the same paragraph", as "/s" and "/p" mean.
_WITHIN = {"s": MAX_NEAR, "p": MAX_NEAR}
# Units of law in full, and in short as decisions write them. A reader may also type a short name
# with an s at its end, and a blank before the number.
_SHORT_UNITS = {
    "section": ("s", "sec", "sect"),
    "schedule": ("sch", "sched"),
    "paragraph": ("para",),
    "regulation": ("reg",),
}
_FULL_UNITS = {
    typed: full
    for full, shorts in _SHORT_UNITS.items()
    for short in shorts
    for typed in (short, f"{short}s")
}
_PROVISION = re.compile(
    rf"(?P<unit>{'|'.join(sorted(_FULL_UNITS, key=len, reverse=True))})\.?(?P<number>\d\S*)",
    re.IGNORECASE,
)
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


@lru_cache(maxsize=256)
def parse(text: str) -> ParsedQuery:
    """Parse the query that a reader typed."""
    return _Parser(simplify(text).translate(_CURLY_QUOTES)).parse()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [match for match in _TOKEN.finditer(text) if match.lastgroup]
        self.at = 0
        self.units = 0
        self.notes: dict[str, None] = {}
        self.is_plain = True

    def parse(self) -> ParsedQuery:
        parts = []
        while self.at < len(self.tokens):
            if level := self._level(0):
                parts.append(level)
            if self.at < len(self.tokens):  # a closing bracket without an opening one
                self._note("A closing bracket had no opening one, so it was left out.")
                self.at += 1
        node = AllOf(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None
        if node is None:
            return ParsedQuery(None, tuple(self.notes), self.is_plain)
        named = subjects(plain_words(node))
        node, widened = widen(node)
        node, ignored = set_aside(node)
        return ParsedQuery(node, tuple(self.notes), self.is_plain, ignored, widened, named)

    def _level(self, depth: int) -> Node | None:
        """Parse the tokens up to the end, or up to the bracket that closes this level."""
        parts: list[Node] = []
        part_names: list[str] = []
        follows_or = False
        while self.at < len(self.tokens) and not self.tokens[self.at]["close"]:
            token = self.tokens[self.at]
            if token["word"] == "OR":
                self.at += 1
                self.is_plain = False
                if not parts or follows_or:
                    self._note("“OR” with nothing before it was left out.")
                follows_or = bool(parts)
                continue
            if token["within"]:
                self.at += 1
                self._within(token, parts, depth)
                continue
            if token["word"] == "AND":
                self.at += 1  # words are joined by AND anyway
                self.is_plain = False
                continue
            if (token["field"] or "").lower() == "in" and (part := self._part_named()):
                part_names.append(part)
                continue
            unit = self._unit(depth)
            if unit is None:
                continue
            if follows_or:
                before = parts.pop()
                alternatives = before.parts if isinstance(before, AnyOf) else (before,)
                unit = AnyOf((*alternatives, unit))
            parts.append(unit)
            follows_or = False
        if follows_or:
            self._note("“OR” with nothing after it was left out.")
        if not parts:
            return None
        node = AllOf(tuple(parts)) if len(parts) > 1 else parts[0]
        if part_names:
            names = tuple(dict.fromkeys(part_names))
            return InField(" or ".join(names), tuple(f"in_{name}" for name in names), node)
        return node

    def _within(self, token: re.Match[str], parts: list[Node], depth: int) -> None:
        """Join the last part and the next one by the distance that `token` names, as "w/5"."""
        self.is_plain = False
        typed, distance = token.group(), token["within"].lower()
        near = min(_WITHIN.get(distance) or int(distance), MAX_NEAR)
        before = parts[-1] if parts else None
        has_next = self.at < len(self.tokens) and not self.tokens[self.at]["close"]
        after = self._unit(depth) if has_next else None
        if isinstance(after, Word | Phrase) and isinstance(before, Word | Phrase):
            distances = {part.near for part in (before, after) if isinstance(part, Phrase)}
            if distances <= {None, near}:
                parts[-1] = Phrase(f"{before.text} {after.text}", near)
                if distance != str(near):
                    self._note(f"“{typed}” was read as “w/{near}”: at most {near} words between.")
                return
        self._note(f"“{typed}” needs a word or phrase on each side, so it was left out.")
        if after:
            parts.append(after)

    def _part_named(self) -> str | None:
        """Consume `in:` and its part, and return the part; None, consuming nothing, for no part."""
        if self.at + 1 >= len(self.tokens):
            return None
        name = (self.tokens[self.at + 1]["word"] or "").lower().rstrip("s")
        name = next((part for part in PARTS if part.rstrip("s") == name), "")
        if not name:
            self._note(f"After “in:”, write {', '.join(PARTS[:-1])} or {PARTS[-1]}.")
            return None
        self.at += 2
        self.is_plain = False
        return name

    def _unit(self, depth: int) -> Node | None:
        token = self.tokens[self.at]
        self.at += 1
        if token["minus"] or token["word"] == "NOT":
            return self._excluded(depth)
        if token["field"]:
            return self._named(token["field"].lower(), depth)
        if token["open"]:
            return self._bracket(depth)
        if self.units >= MAX_UNITS:
            self._note(f"The search used only the first {MAX_UNITS} words.")
            return None
        unit = self._phrase(token) if token["quote"] else self._provision() or self._word(token)
        self.units += unit is not None
        return unit

    def _excluded(self, depth: int) -> Node | None:
        self.is_plain = False
        if self.at < len(self.tokens) and not self.tokens[self.at]["close"]:
            unit = self._unit(depth)
            if unit is not None:
                return unit.part if isinstance(unit, Without) else Without(unit)
        else:
            self._note("“NOT” with nothing after it was left out.")
        return None

    def _named(self, name: str, depth: int) -> Node | None:
        if name == "in":  # names no part; `_part_named` has added the note
            return None
        self.is_plain = False
        unit = self._unit(depth)
        return unit and InField(name, (NAMED[name],), unit)

    def _bracket(self, depth: int) -> Node | None:
        if depth >= MAX_DEPTH:
            self._note(
                "There were too many brackets inside each other, so the innermost were left out."
            )
            return None
        self.is_plain = False
        node = self._level(depth + 1)
        if self.at < len(self.tokens):
            self.at += 1
        else:
            self._note("An opening bracket had no closing one, so it was closed at the end.")
        return node

    def _phrase(self, token: re.Match[str]) -> Node | None:
        self.is_plain = False
        if not token["closed"]:
            self._note("A phrase had no closing quotation mark, so it was closed at the end.")
        text = " ".join(token["phrase"].split())
        if not _LETTER_OR_DIGIT.search(text):
            return None
        near = int(token["near"]) if token["near"] else None
        if near is not None and near > MAX_NEAR:
            self._note(f"“~{near}” was read as “~{MAX_NEAR}”, the largest number allowed.")
            near = MAX_NEAR
        return Phrase(text, near)

    def _provision(self) -> Node | None:
        """The provision of law that the last token names in short, as "s.26" or "sched 5"."""
        token = self.tokens[self.at - 1]
        text = token["word"]
        if text is None:
            return None
        following = self.tokens[self.at]["word"] if self.at < len(self.tokens) else None
        is_split = (
            text.rstrip(".").lower() in _FULL_UNITS
            and following is not None
            and following[0].isdecimal()
        )
        named = _PROVISION.fullmatch(f"{text}{following}" if is_split else text)
        if named is None or named["number"].endswith("*"):
            return None
        self.at += is_split
        self.is_plain = False
        unit, number = _FULL_UNITS[named["unit"].lower()], named["number"]
        names = dict.fromkeys((unit, named["unit"].lower(), *_SHORT_UNITS[unit]))
        phrases = [Phrase(f"{name} {number}") for name in names]
        return AnyOf((*phrases, InField("law", (NAMED["law"],), phrases[0])))

    def _word(self, token: re.Match[str]) -> Node | None:
        text = token["word"]
        if not _LETTER_OR_DIGIT.search(text):
            return None
        if text.endswith("*"):
            text = text.rstrip("*")
            if len(_LETTER_OR_DIGIT.findall(text)) >= 2:
                self.is_plain = False
                return Prefix(text)
            self._note("“*” needs at least two letters before it, so it was left out.")
        if text.lower() == "miss":
            following = self.tokens[self.at]["word"] if self.at < len(self.tokens) else None
            text = "Miss" if is_title(text, following) else "miss"
        return Word(text, token.span("word"))

    def _note(self, sentence: str) -> None:
        self.notes[sentence] = None


def quote(text: str, *groups: tuple[Word, ...]) -> str:
    """The simplified text with quotation marks around each group of its words.

    >>> quote("an EHCP", (Word("EHCP", (3, 7)),))
    'an "EHCP"'
    """
    text = simplify(text)
    for words in sorted(groups, key=lambda group: group[0].span, reverse=True):
        start, end = words[0].span[0], words[-1].span[1]
        text = f'{text[:start]}"{text[start:end]}"{text[end:]}'
    return text


def without_each_word(text: str) -> list[tuple[str, str]]:
    """Each plain word of a query that requires several, with the text that is left without it.

    >>> without_each_word("school zebra")
    [('school', 'zebra'), ('zebra', 'school')]
    """
    text = simplify(text)
    node = parse(text).node
    words = plain_words(node) if isinstance(node, AllOf | Widened) else []
    if len(words) < 2 and not isinstance(node, AllOf):
        return []
    return [
        (word.text, " ".join((text[: word.span[0]] + text[word.span[1] :]).split()))
        for word in words
    ]
