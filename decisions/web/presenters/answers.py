"""The pages of this site that answer what somebody asks: "late complaint reasons", "s 26(6)(a)".

A page is offered only where it is certain. Its name, or what people call it, must occur in the
question as a whole; a single word is not enough unless nothing else is asked. The guide and the
glossary are offered for questions that ask for them: "can I complain …", "what does … mean".
"""

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from decisions import search
from decisions.analysis.closure_rules import REASONS
from decisions.characters import simplify
from decisions.models import NOT_STATED, Provision, page_address
from decisions.web import lay_words
from decisions.web.facet_labels import FacetLabels
from decisions.web.glossary import TERMS
from decisions.web.law_names import LawNames

MAX_PAGES = 3  # most pages that are offered
MAX_SAME_NAME = 2  # most pages of one name that are offered, those with the most decisions
MAX_ASKED = 200  # longest question that is read, in characters

_NO_DECISIONS: Mapping[str, int] = {}

REASON, CATEGORY, COUNCIL = "Reason for closing", "Category", "Council"
# For each kind of page, the kinds of other names that may occur in the same question. "late bins"
# names a reason and a category, and does not ask for the reason.
_WITH = {
    REASON: frozenset({COUNCIL}),
    CATEGORY: frozenset({CATEGORY, COUNCIL}),
    COUNCIL: frozenset({CATEGORY, COUNCIL}),
}
# For each kind of page, further words that do not make it another question.
_BESIDE = {
    REASON: frozenset(
        search.words_of(
            "case close closed closing closure complain complained complaint decision"
            " explanation investigate investigated lgo lgsco meaning mean not ombudsman reason"
            " reject rejected rule refused show"
        )
    ),
    CATEGORY: frozenset(
        search.words_of(
            "against case category complaint council decision lgo lgsco ombudsman problem show"
        )
    ),
    COUNCIL: frozenset(
        search.words_of("against case complaint council decision lgo lgsco ombudsman problem show")
    ),
}
# Words of a council's name that do not name the place.
_KINDS_OF_COUNCIL = frozenset(
    search.words_of(
        "and borough city council county district london metropolitan of royal the town"
    )
)
_SPLIT_NAME = re.compile(r" and | & ")

# Operators of the search language: somebody who uses these does not ask for a page.
_OPERATOR = re.compile(r"(?:^|\s)-\w|\bNOT\b|\bOR\b|\b[a-z]+:\S|\*|~\d")
_CAN_I_COMPLAIN = re.compile(
    r"^(?:can|could|may|should|how|when|where|who|am i|do i|is it too late)\b.{0,40}?"
    r"\b(?:complain|(?:make|bring|send|file) an? (?:\w+ )?complaint)\b",
    re.IGNORECASE,
)
_WHY_CLOSED = re.compile(
    r"(?:why|reasons?)\b.{0,40}?\b(?:complaints?|cases?)\b.{0,20}?"
    r"\b(?:closed|closing|rejected|refused|turned down|not (?:be )?investigated)"
    r"|(?:closure|closing) reasons?|reasons? for clos(?:ing|ure)(?: an?)?(?: complaints?)?",
    re.IGNORECASE,
)
_MEANING = (
    re.compile(r"what(?:['’]?s| is| are| does| do) (.+?)(?: means?| stands? for)?", re.IGNORECASE),
    re.compile(r"(?:the )?(?:meaning|definition) of (.+)", re.IGNORECASE),
    re.compile(r"(?:define|explain) (.+)", re.IGNORECASE),
    re.compile(r"(.+?)(?: meaning| definition| explained)", re.IGNORECASE),
)

Words = tuple[str, ...]
Span = tuple[int, int]


@dataclass(frozen=True)
class OfferedPage:
    """A page of this site: what kind it is, its name, what it says, how many decisions it has.

    `view` and `key` name it in the addresses; `fragment` is a place on it.
    """

    kind: str
    label: str
    view: str
    key: str = ""
    about: str = ""
    count: int | None = None
    fragment: str = ""

    @property
    def address(self) -> str:
        """The page's address, made only when it is offered: hundreds of pages are not."""
        address = page_address(f"decisions:{self.view}", self.key)
        return f"{address}#{self.fragment}" if self.fragment else address


def offered_pages(asked: str) -> list[OfferedPage]:
    """The pages that answer what is asked, at most MAX_PAGES; none while there is no index."""
    asked = " ".join(simplify(asked).split()).strip(" ?!.")
    if not asked or len(asked) > MAX_ASKED or _OPERATOR.search(asked):
        return []
    directory = search.query_index(
        lambda store: _directory(store.path, store.commit()), default=None
    )
    if directory is None:
        return []
    found = [*_guide(asked), *_terms(asked), *directory.laws(asked), *directory.named(asked)]
    return list(dict.fromkeys(found))[:MAX_PAGES]


def _guide(asked: str) -> Iterator[OfferedPage]:
    if _CAN_I_COMPLAIN.match(asked):
        yield OfferedPage(
            "",
            "Can I complain to the Ombudsman?",
            "can-i-complain",
            about="What decisions say about the 12 months, telling the council first, courts and"
            " tribunals.",
        )
    if _WHY_CLOSED.fullmatch(asked):
        yield OfferedPage(
            "",
            "Why complaints are closed",
            "reasons",
            about="The reasons for closing a complaint without an investigation, and how often"
            " each is given.",
        )


def _terms(asked: str) -> Iterator[OfferedPage]:
    """The term of the glossary whose meaning is asked for, or whose name of several words it is."""
    fragments = _fragments()
    matches = [match for pattern in _MEANING if (match := pattern.fullmatch(asked))]
    names = [_words(match[1]) for match in matches]
    if len(_words(asked)) > 1:
        names.append(_words(asked))
    for fragment in dict.fromkeys(fragments[name] for name in names if name in fragments):
        term = TERMS[fragment]
        yield OfferedPage("Glossary", term.name, "glossary", about=term.meaning, fragment=fragment)
        return


@lru_cache(maxsize=1)
def _fragments() -> dict[Words, str]:
    """The fragment of each term of the glossary by the words of its name."""
    return {
        _words(name): fragment
        for fragment, term in TERMS.items()
        for name in (*lay_words.TERMS.get(fragment, ()), term.name)
    }


class _Directory:
    """The pages of everything that has decisions, by the words of its names."""

    def __init__(self) -> None:
        results = search.search(search.SearchQuery(size=0))
        if results is None:
            raise search.IndexUnavailable("it was there a moment ago")
        self._facets = results.facets
        self._pages: dict[Words, list[OfferedPage]] = {}
        # Names of categories that had fillers: the question must have these too. "Care home" is not
        # "care at home".
        self._abridged: set[tuple[Words, OfferedPage]] = set()
        labels = FacetLabels.cached()
        self._add_reasons()
        self._add_categories(labels)
        self._add_councils(labels)
        self._longest = max(map(len, self._pages), default=0)
        self._add_laws()

    def named(self, asked: str) -> list[OfferedPage]:
        """The pages whose names occur in what is asked, if nothing else may be meant."""
        words = _words(asked)
        spans = list(self._spans(words))
        subjects = tuple(subject.name for subject in search.parse(asked).subjects if subject.name)
        offered: list[OfferedPage] = []
        for span in spans:
            named = words[slice(*span)]
            for page in self._pages[named][:MAX_SAME_NAME]:
                if (named, page) in self._abridged and not page.label.endswith(subjects):
                    continue
                others = [other for other in spans if other != span]
                rest = self._rest(words, span, others, _WITH[page.kind])
                is_distinct = page.kind != REASON and span[1] - span[0] > 1
                if is_distinct or rest <= _BESIDE[page.kind]:
                    offered.append(page)
        return offered

    def _rest(
        self, words: Words, span: Span, others: list[Span], kinds: frozenset[str]
    ) -> set[str]:
        """The words outside `span` that are no name of a page of these kinds."""
        covered = {*range(*span)}
        for other in others:
            if any(page.kind in kinds for page in self._pages[words[slice(*other)]]):
                covered |= {*range(*other)}
        return {word for at, word in enumerate(words) if at not in covered}

    def laws(self, asked: str) -> list[OfferedPage]:
        """The pages of the provisions of law that are named."""
        return [self._laws[key] for key in self._law_names.find(asked)]

    def _spans(self, words: Words) -> Iterator[Span]:
        """Where names stand in the words: the longest from the left, without overlaps.

        In "kent council tax" the name "kent council" gives way to "council tax".
        """
        start = 0
        while start < len(words):
            ends = self._ends(words, start)
            end = next((e for e in ends if e - start < 2 or not self._begins_name(words, e - 1)), 0)
            if end:
                yield start, end
            start = end or start + 1

    def _ends(self, words: Words, start: int) -> list[int]:
        """Where the names that begin at `start` end, the longest first."""
        ends = range(min(len(words), start + self._longest), start, -1)
        return [end for end in ends if words[start:end] in self._pages]

    def _begins_name(self, words: Words, start: int) -> bool:
        """Whether a name of several words begins at `start`."""
        return any(end - start > 1 for end in self._ends(words, start))

    def _add(self, names: Iterable[str], page: OfferedPage) -> None:
        whole: set[Words] = set()
        for name in dict.fromkeys(names):
            words = _words(name)
            if words and page not in self._pages.setdefault(words, []):
                self._pages[words].append(page)
            if page.kind != CATEGORY:
                continue
            if len(words) == len(search.words_of(name)):
                whole.add(words)
            else:
                self._abridged.add((words, page))
        self._abridged -= {(words, page) for words in whole}

    def _counts(self, name: str) -> list[tuple[str, int]]:
        """The values of a filter with their counts, the largest first, without "not stated"."""
        counts = self._facets.get(name, _NO_DECISIONS).items()
        stated = [(value, count) for value, count in counts if value != NOT_STATED]
        return sorted(stated, key=lambda entry: (-entry[1], entry[0]))

    def _add_reasons(self) -> None:
        for code, count in self._counts("reason"):
            if code not in REASONS:  # found by the rules of another version
                continue
            reason = REASONS[code]
            names = (reason.label, code.replace("-", " "), *lay_words.REASONS.get(code, ()))
            page = OfferedPage(REASON, reason.label, "reason", code, reason.explanation, count)
            self._add(names, page)

    def _add_categories(self, labels: FacetLabels) -> None:
        for path, count in self._counts("category"):
            name = labels.category_names.get(path, "Other")
            if name.casefold().startswith("other"):
                continue
            parts = [part for part in _SPLIT_NAME.split(name) if not part.startswith("other")]
            label = labels.category[path]
            own = (name, *parts, label)
            names = (*own, *(other for term in own for other in search.names_for(term)))
            self._add(names, OfferedPage(CATEGORY, label, "category", path, count=count))

    def _add_councils(self, labels: FacetLabels) -> None:
        for slug, count in self._counts("council"):
            name = labels.council.get(slug, "")
            place = " ".join(
                word for word in search.words_of(name) if word not in _KINDS_OF_COUNCIL
            )
            page = OfferedPage(COUNCIL, name, "council", slug, count=count)
            if place:
                self._add((name, place, f"{place} council", f"{place} county"), page)

    def _add_laws(self) -> None:
        counts = dict(self._counts("provision"))
        rows = {
            row["key"]: row
            for row in Provision.objects.filter(key__in=counts).values("key", "label", "short")
        }
        ordered = [rows[key] for key in counts if key in rows]
        self._law_names = LawNames((row["key"], row["label"], row["short"]) for row in ordered)
        self._laws = {
            key: OfferedPage("Law", rows[key]["label"], "law", key, count=count)
            for key, count in counts.items()
            if key in rows
        }


@lru_cache(maxsize=1)
def _directory(path: Path, commit: Hashable) -> _Directory:
    """Cached until the index's next commit; every renaming leads to one."""
    return _Directory()


def _words(text: str) -> Words:
    """The words of a text without fillers, in the singular."""
    words = search.words_of(text.replace("-", " "))
    return tuple(_singular(word) for word in words if word not in search.FILLERS)


def _singular(word: str) -> str:
    """`policies` → `policy`, `schools` → `school`; `bus` and `illness` stay."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    is_plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if is_plural else word
