"""How the words of a search were read: what was ignored, what else was looked for."""

from dataclasses import dataclass, replace
from functools import cached_property

from decisions import search
from decisions.search import SearchQuery, SearchResults
from decisions.web.querystring import Parameters, search_parameters

# What readers are told where phrases were not measured (`SearchResults.is_loosened`).
LOOSENED = (
    "This search has more phrases of very common words than we can look up at once. For some of"
    " them, the words may stand anywhere in the decision."
)


@dataclass(frozen=True)
class WidenedWords:
    """Words of the search text, their other names, and the parameters that look for them alone."""

    typed: str
    others: str
    query: Parameters


class Interpretation:
    """What a page of results says of the search text, and how it links to another reading."""

    def __init__(self, search_query: SearchQuery, search_results: SearchResults) -> None:
        self.search_query = search_query
        self.search_results = search_results

    @cached_property
    def parsed_query(self) -> search.ParsedQuery:
        """The search text, parsed by the query language."""
        return search.parse(self.search_query.text)

    @property
    def text(self) -> str:
        """How the search text was understood; empty for plain words that needed no correction."""
        parsed = self.parsed_query
        if parsed.node is None or not self.search_results.from_index:
            return ""
        if parsed.is_plain and not self.notes:
            return ""
        return search.describe(parsed.node)

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences that say what of the search text was corrected or left out."""
        loosened = (LOOSENED,) if self.search_results.is_loosened else ()
        return (*self.parsed_query.notes, *loosened)

    @property
    def ignored_words(self) -> str:
        """The words of a sentence that were not looked for."""
        words = self.parsed_query.ignored if self.search_results.from_index else ()
        return ", ".join(dict.fromkeys(word.text for word in words))

    @property
    def with_ignored_words(self) -> Parameters:
        """The parameters that look for the ignored words as well: each in quotation marks."""
        groups = [(word,) for word in self.parsed_query.ignored]
        text = search.quote(self.search_query.text, *groups)
        return search_parameters(replace(self.search_query, text=text))

    @cached_property
    def widened_words(self) -> list[WidenedWords]:
        """The words that were looked for by other names too."""
        if not self.search_results.from_index:
            return []
        text = self.search_query.text
        return [
            WidenedWords(
                widened.text,
                ", ".join(other.text for other in widened.others),
                search_parameters(
                    replace(self.search_query, text=search.quote(text, widened.words))
                ),
            )
            for widened in self.parsed_query.widened
        ]

    @cached_property
    def closeness(self) -> str:
        """What each of the closest matches is like: "at least 3 of the 5 words", or "at least 3 of
        6: the 5 words and the subject Noise".
        """
        relaxed = search.closest(self.parsed_query)
        if relaxed is None:
            return ""
        _, some = relaxed
        named = [
            f"the {'reason' if about.kind == 'reason' else 'subject'} {' or '.join(about.labels)}"
            for about in search.named_by(self.parsed_query)
        ]
        words = f"the {len(some.parts) - len(named)} words"
        least = f"at least {self.search_results.near_minimum} of"
        if not named:
            return f"{least} {words}"
        return f"{least} {len(some.parts)}: {', '.join([words, *named[:-1]])} and {named[-1]}"

    @property
    def subject(self) -> str:
        """The subject that a sentence names, as "about Noise"; "" if it names none.

        Where closest matches follow, decisions with all the words must be about it.
        """
        named = search.named_by(self.parsed_query) if self.parsed_query.ignored else ()
        return " and ".join(map(search.describe, named))
