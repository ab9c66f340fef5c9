"""A provision of law, with one name for all the ways in which decisions write it.

"section 24A (6)", "s.24a(6)" of the Local Government Act 1974
    key    lga-1974-s-24a-6
    label  Local Government Act 1974, section 24A(6)
    short  LGA 1974 s 24A(6)
    url    https://www.legislation.gov.uk/ukpga/1974/7/section/24A
"""

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from decisions.analysis import lazy_regex
from decisions.analysis.acts import BY_NAME, Act

# The High Court numbers the judgments of all its divisions in one series.
_DIVISION = lazy_regex.compile(r"(?<=\d) \((?:Admin|Ch|QB|KB|Fam)\)$")
# Size of the cache of each property, in provisions. A few hundred are cited again and again.
_cached = lru_cache(maxsize=4096)


class ProvisionKind(StrEnum):
    ACT = "act"
    SECTION = "section"
    PART = "part"
    SCHEDULE = "schedule"
    REGULATIONS = "regulations"  # orders and rules too: with a number, one regulation of them
    GUIDANCE = "guidance"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Provision:
    """An act, regulations, guidance or a case, or one numbered provision of it.

    `title` and `year` name the whole: ("Local Government Act", 1974). Guidance has no year; the
    title of a case is its neutral citation. `number` is that of the section, schedule, part or
    regulation ("24A(6)"); `paragraph` that within a schedule or guidance ("5(b)"). `name` is what
    one decision calls the parties of a case; two provisions may differ in it and be equal.
    """

    kind: ProvisionKind
    title: str
    year: int | None = None
    number: str | None = None
    paragraph: str | None = None
    name: str | None = field(default=None, compare=False)

    @property
    @_cached
    def key(self) -> str:
        """The short form in lower case with hyphens, for addresses: `lga-1974-sch-5-para-1`."""
        short = self.short
        if self.kind is ProvisionKind.CASE:  # "[2006] EWHC 2847" and "… (Admin)" are one case
            short = _DIVISION.sub("", short)
        return re.sub(r"[^a-z0-9]+", "-", short.lower()).strip("-")

    @property
    def label(self) -> str:
        """ "Local Government Act 1974, Schedule 5, paragraph 1"."""
        if self.kind is ProvisionKind.CASE:
            return f"{self.name} {self.title}" if self.name else self.title
        words = [self._with_year(self.title)]
        if self.number:
            words.append(f"{self._unit[0]} {self.number}")
        if self.paragraph:
            words.append(f"paragraph {self.paragraph}")
        return ", ".join(words)

    @property
    @_cached
    def short(self) -> str:
        """ "LGA 1974 Sch 5 para 1"; the full title where no initials are in common use."""
        act = self._act
        words = [self._with_year(act.initials if act and act.initials else self.title)]
        if self.number:
            words.append(f"{self._unit[1]} {self.number}")
        if self.paragraph:
            words.append(f"para {self.paragraph}")
        return " ".join(words)

    @property
    @_cached
    def parent(self) -> "Provision | None":
        """The provision that directly contains this one: 26(6) for 26(6)(b), the act for 26."""
        if self.paragraph:
            return replace(self, paragraph=_without_last_bracket(self.paragraph))
        if self.number:
            outer = _without_last_bracket(self.number)
            return replace(self, number=outer) if outer else self._instrument()
        return None

    @property
    def url(self) -> str | None:
        """Its address on legislation.gov.uk; None if that is uncertain."""
        act = self._act
        if act is None or self.kind is ProvisionKind.PART:  # parts may be numbered VII there
            return None
        if self.number is None:
            return act.url
        return f"{act.url}/{self.kind}/{self.number.partition('(')[0]}"

    @property
    def _act(self) -> Act | None:
        return BY_NAME.get((self.title.casefold(), self.year)) if self.year else None

    @property
    def _unit(self) -> tuple[str, str]:
        """How a number of this kind is introduced, in full and in short."""
        if self.kind is ProvisionKind.REGULATIONS:
            return ("article", "art") if self.title.endswith(" Order") else ("regulation", "reg")
        return {
            ProvisionKind.SECTION: ("section", "s"),
            ProvisionKind.PART: ("Part", "Pt"),
            ProvisionKind.SCHEDULE: ("Schedule", "Sch"),
        }[self.kind]

    def _with_year(self, name: str) -> str:
        return f"{name} {self.year}" if self.year else name

    def _instrument(self) -> "Provision":
        kind = ProvisionKind.ACT if self.title.endswith(" Act") else ProvisionKind.REGULATIONS
        return replace(self, kind=kind, number=None)

    def to_json(self) -> dict[str, Any]:
        """The fields, and for readers the derived ones: key, label, short and url."""
        return {
            "kind": self.kind.value,
            "title": self.title,
            "year": self.year,
            "number": self.number,
            "paragraph": self.paragraph,
            "name": self.name,
            "key": self.key,
            "label": self.label,
            "short": self.short,
            "url": self.url,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Provision":
        """The inverse of `to_json`."""
        return cls(
            ProvisionKind(stored["kind"]),
            stored["title"],
            stored["year"],
            stored["number"],
            stored["paragraph"],
            stored["name"],
        )


def _without_last_bracket(number: str) -> str | None:
    """ "26(6)(b)" without its last bracket; None when there is none."""
    return number.rpartition("(")[0] or None
