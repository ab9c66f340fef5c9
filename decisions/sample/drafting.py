"""Turns a case into a document, with sections and paragraphs numbered as on real pages."""

import datetime
import re
from typing import Any

from decisions.documents import Document, Item, Paragraph, Section
from decisions.sample.data import read_blocks
from decisions.sample.dates import MONTHS, NUMBERS, Clock, day_of, month_of
from decisions.sample.law import powers_paragraph
from decisions.sample.people import people
from decisions.sample.planning import Case
from decisions.sample.remedies import agree_remedy
from decisions.sample.words import Words

STATEMENT, REPORT = (block.lists for block in read_blocks("common"))
WITHOUT_PLACES = {
    name: tuple(line for line in lines if "{a_detail}" not in line)
    for name, lines in STATEMENT.items()
}

# Share of complaints that have a lettered list.
LETTERED_SHARE = 0.4
# Share of complaints with a lettered list in which some parts are not investigated.
SPLIT_SHARE = 0.5
# Share of cross-references with the number in words: "paragraph three" instead of "paragraph 3".
NUMBER_WORD_SHARE = 0.25
# First day on which decisions say "we" instead of "the Ombudsman".
BEFORE_WE = datetime.date(2018, 6, 1)

# Categories whose sentences may mention details of a place, such as cracks, gullies and gates.
PLACE_CATEGORIES = frozenset(
    ("Housing", "Planning", "Environment and regulation", "Transport and highways")
)

# "@promise {X} says …" marks an event; a finding refers to its paragraph as {promise_event}.
TAG = re.compile(r"@(?P<tag>\w+) (?P<text>.+)")
CROSS_REFERENCE = re.compile(r"\{((?:para|promise|record|complaint|first|last)_\w+|\w+_event)\}")

_MODERN = ("We", "we", "us", "our", "", "", "are", "have", "do")
_OLDER = (
    "The Ombudsman", "the Ombudsman", "the Ombudsman", "the Ombudsman’s", "s", "es", "is", "has",
    "does",
)  # fmt: skip
_JOINT = (
    "The Ombudsmen", "the Ombudsmen", "the Ombudsmen", "the Ombudsmen’s", "", "", "are", "have",
    "do",
)  # fmt: skip
_VOICE = ("We", "we", "us", "our", "s", "es", "are", "have", "do")


def draft(case: Case) -> Document:
    """Draft the decision as a document; `writer` writes it as a file."""
    return _Draft(case).document()


class _Draft:
    def __init__(self, case: Case) -> None:
        self.case = case
        self.sections: list[Section] = []
        self.number = 0
        clock, facts = self._time()
        voice = _JOINT if case.joint else _OLDER if case.decided < BEFORE_WE else _MODERN
        facts |= dict(zip(_VOICE, voice, strict=True))
        facts |= people(case.topic.who, case.chance)
        facts["name"] = case.body.name
        pools = {**case.topic.pools, **{key: STATEMENT[key] for key in ("wish", "injustice")}}
        self.words = Words(facts, pools, clock, case.chance)
        self.words["about"] = self.words.choose(case.topic.about)
        if case.reasons:
            self.words["verb"] = case.reasons[0].verb
            clauses = [self.words.choose(reason.clause) for reason in case.reasons]
            self.words["clause"] = "; and ".join(clauses) if len(clauses) > 1 else clauses[0]

    def _time(self) -> tuple[Clock, dict[str, str]]:
        """The clock for the events, and the other dates of the decision."""
        case, day = self.case, datetime.timedelta(days=1)
        investigated = case.verdict in ("upheld", "not upheld")
        complained = case.decided - day * int((120 if investigated else 30) + case.chance() * 80)
        late = any(reason.code == "late" for reason in case.reasons)
        end = complained - day * (430 if late else 14)
        start = end - day * int((400 if investigated else 150) + case.chance() * 260)
        heard = complained + (case.decided - complained) / 2
        early, later = start + day * 40, start + day * 110
        return Clock(start, end, 24 if investigated else 9, case.chance), {
            "month": MONTHS[early.month - 1],
            "month2": MONTHS[later.month - 1],
            "complained": month_of(complained),
            "when_after": f"on {day_of(heard)}",
        }

    # Building blocks

    def section(self, heading: str, paragraphs: list[Paragraph], level: int = 1) -> None:
        self.sections.append(Section(heading, level, tuple(paragraphs)))

    def paragraph(self, text: str, items: tuple[Item, ...] = ()) -> Paragraph:
        self.number += 1
        return Paragraph(self.number, text, items)

    def say(self, name: str) -> str:
        return self.words.choose(STATEMENT[name])

    def pointer(self, number: int) -> str:
        """A paragraph's number in a cross-reference: "3" or "three"."""
        if number < len(NUMBERS) and self.case.chance() < NUMBER_WORD_SHARE:
            return NUMBERS[number]
        return str(number)

    def with_known_references(self, options: tuple[str, ...]) -> tuple[str, ...]:
        """The sentences whose cross-references all have a target in this decision."""
        return tuple(
            option
            for option in options
            if all(slot in self.words for slot in CROSS_REFERENCE.findall(option))
        )

    def suitable(self, name: str) -> tuple[str, ...]:
        """The sentences of a list that suit the subject."""
        of_places = self.case.topic.category in PLACE_CATEGORIES
        return STATEMENT[name] if of_places else WITHOUT_PLACES[name]

    def event_paragraphs(self, templates: list[str]) -> list[Paragraph]:
        """Paragraphs of one to three events each; keeps the paragraph numbers of tagged events."""
        paragraphs: list[Paragraph] = []
        held: list[str] = []
        for template in templates:
            tagged = TAG.match(template)
            if tagged:
                template = tagged["text"]
                self.words[f"{tagged['tag']}_event"] = self.pointer(self.number + 1)
            held.append(self.words.fill(template))
            if self.case.chance() * 2.1 < len(held):
                paragraphs.append(self.paragraph(" ".join(held)))
                held = []
        if held:
            paragraphs.append(self.paragraph(" ".join(held)))
        return paragraphs

    # Sections

    def document(self) -> Document:
        case = self.case
        investigated = case.verdict in ("upheld", "not upheld")
        summary = self.investigated() if investigated else self.closed()
        return Document(
            reference=case.reference,
            council=case.body.name,
            category=case.topic.category,
            subcategory=case.topic.subcategory,
            outcome=case.outcome,
            decided_on=case.decided if case.dated else None,
            kind="report" if case.layout in ("report", "record") else "statement",
            summary=summary,
            sections=tuple(self.sections),
            is_sample=True,
        )

    def complaint(self) -> list[str]:
        """Add the section on the complaint; return the letters of its parts, if it has any."""
        case, words, who = self.case, self.words, self.case.topic.who
        words["issue"] = words.choose(case.topic.issue)
        letters: list[str] = []
        if case.chance() < LETTERED_SHARE:
            issues = words.draw(case.topic.issue, 3 + int(case.chance() * 2))
            letters = ["a", "b", "c", "d", "e"][: len(issues)]
            ends = [";"] * (len(issues) - 2) + ["; and", "."]
            items = tuple(
                Item(letter, issue + end)
                for letter, issue, end in zip(letters, issues, ends, strict=True)
            )
            words["issue"] = issues[0]
            paragraphs = [self.paragraph(self.say(f"list_{who}"), items)]
        else:
            paragraphs = [self.paragraph(self.say(f"complaint_{who}"))]
        paragraphs.append(self.paragraph(self.say("effect")))
        self.section("The complaint", paragraphs)
        return letters

    def powers(self, keys: list[str]) -> None:
        paragraphs: list[Paragraph] = []
        for key in dict.fromkeys(keys):
            self.number += 1
            self.words[f"para_{key}"] = self.pointer(self.number)
            paragraphs += powers_paragraph(key, self.number, self.words)
        whose = "Ombudsmen’s" if self.case.joint else "Ombudsman’s"
        self.section(f"The {whose} role and powers", paragraphs)

    def considered(self, name: str, count: int) -> None:
        sentences = self.words.draw(STATEMENT[name], count)
        self.section("How I considered this complaint", [self.paragraph(s) for s in sentences])

    def closed(self) -> str:
        case, words = self.case, self.words
        self.complaint()
        keys = ["joint"] if case.joint else []
        keys.append("closed")
        for reason in case.reasons:
            keys += reason.powers
        keys.append("disagreement")
        self.powers(keys)
        self.considered("considered_closed", 2 + int(case.chance() * 2))
        opening = case.topic.event[: len(case.topic.event) * 2 // 3]
        story = self.sample_in_order(opening, 5 + int(case.chance() * 3))
        story += self.shuffled(self.suitable("contact"), 2)
        codes = {reason.code for reason in case.reasons}
        if not codes & {"premature", "withdrawn"}:
            story += self.shuffled(STATEMENT["stage1"], 1)
            story += self.shuffled(STATEMENT["final_reply"], 1)
        paragraphs = self.event_paragraphs(story)
        words["began"] = words["complained_before"] = month_of(words.clock.day)
        for position, reason in enumerate(case.reasons):
            if position:
                paragraphs.append(self.paragraph(self.say("second")))
            for sentence in words.draw(self.with_known_references(reason.assessment), 3 - position):
                paragraphs.append(self.paragraph(sentence))
        for sentence in words.draw(STATEMENT["closing"], 2):
            paragraphs.append(self.paragraph(sentence))
        self.section("My assessment", paragraphs)
        ending = "final_discontinued" if case.verdict == "discontinued" else "final_closed"
        self.section("Final decision", [self.paragraph(self.say(ending))])
        if case.verdict == "discontinued":
            return self.say("summary_discontinued")
        reasons = " ".join(words.choose(reason.summary) for reason in case.reasons)
        return f"{self.say('summary_closed')} {reasons}"

    def investigated(self) -> str:
        case, words, topic = self.case, self.words, self.case.topic
        upheld = case.verdict == "upheld"
        letters = self.complaint()
        left_out = bool(letters) and case.chance() < SPLIT_SHARE
        if left_out:
            self.split(letters)
        keys = ["joint", "joint_fault"] if case.joint else ["investigated"]
        keys += ["disagreement", *words.draw(("balance", "human_rights", "equality"), 1)]
        if case.body.kind == "care":
            keys += ["provider"]
        elif case.chance() < 0.3:
            keys += ["commissioned"]
        keys += ["complete", *words.draw(("publish",), int(case.chance() * 2))]
        if topic.category in ("Education", "Children's care services"):
            keys += ["ofsted"]
        elif topic.category == "Adult care services":
            keys += ["cqc"]
        if left_out:
            keys += ["late"]
        self.powers(keys)
        self.considered("considered", 3 + int(case.chance() * 2))
        self.section("What I found", [])
        law = words.draw(topic.law, 3 + int(case.chance() * 2))
        self.section("The law and guidance", [self.paragraph(text) for text in law], 2)
        self.section("What happened", self.events(), 2)
        self.section("Analysis", self.findings(upheld), 2)
        if not upheld:
            self.section("Final decision", [self.paragraph(self.say("final_notupheld"))])
            self.leave_out(left_out)
            return self.say("summary_notupheld")
        remedy = agree_remedy(topic, STATEMENT["service"], words)
        words["remedy"] = remedy.brief
        self.action(remedy.personal, remedy.service)
        self.section("Final decision", [self.paragraph(self.say("final_upheld"))])
        self.leave_out(left_out)
        return self.say("summary_upheld")

    def split(self, letters: list[str]) -> None:
        """Add the section that says which lettered parts are investigated."""
        kept = [f"{letter})" for letter in letters[:-1]]
        self.words["parts"] = f"parts {', '.join(kept[:-1])} and {kept[-1]}"
        if len(kept) > 2 and self.case.chance() < 0.5:
            self.words["parts"] = f"parts {kept[0]} to {kept[-1]}"
        self.words["rest"] = f"part {letters[-1]})"
        self.words["clause"] = "it is late and there are no good reasons to look at it now"
        self.section("What I have investigated", [self.paragraph(self.say("investigated_part"))])

    def leave_out(self, left_out: bool) -> None:
        if left_out:
            paragraph = self.paragraph(self.say("not_investigated"))
            self.section("Parts of the complaint that I did not investigate", [paragraph])

    def events(self) -> list[Paragraph]:
        """What happened, in order of time: the topic's story with letters and calls in between."""
        case, words, topic = self.case, self.words, self.case.topic
        contacts = self.shuffled(self.suitable("contact"), 7 + int(case.chance() * 4))
        story = self.sample_in_order(topic.event, 10 + int(case.chance() * 4))
        for contact in contacts:
            story.insert(2 + int(case.chance() * (len(story) - 2)), contact)
        words["first_event"] = str(self.number + 1)
        paragraphs = self.event_paragraphs(story)
        words["complaint_event"] = self.pointer(self.number + 1)
        for name in ("stage1", "reply", "stage2", "final_reply"):
            paragraphs.append(self.paragraph(self.say(name)))
        words["last_event"] = str(self.number)
        asides = words.draw(STATEMENT["told_us"], 2) + words.draw(self.suitable("context"), 2)
        for sentence in asides:
            paragraphs.append(self.paragraph(sentence))
        return paragraphs

    def findings(self, upheld: bool) -> list[Paragraph]:
        words, topic = self.words, self.case.topic
        kind = "fault" if upheld else "nofault"
        sentences = words.draw(STATEMENT["find_intro"], 1)
        sentences += words.draw(topic.fault if upheld else topic.nofault, 3)
        sentences += words.draw(self.with_known_references(STATEMENT[f"{kind}_generic"]), 2)
        sentences += words.draw(STATEMENT["find_more"], 1 + int(self.case.chance() * 2))
        if upheld:
            sentences += words.draw(topic.harm, 2)
            sentences += words.draw(self.with_known_references(STATEMENT["harm_generic"]), 1)
        else:
            sentences += [self.say("nofault_small"), self.say("nofault_end")]
        return [self.paragraph(sentence) for sentence in sentences]

    def action(self, personal: tuple[str, ...], service: tuple[str, ...]) -> None:
        self.words["deadline"] = ("one month", "four weeks", "one month")[
            int(self.case.chance() * 3)
        ]
        self.words["deadline2"] = ("two months", "three months", "three months")[
            int(self.case.chance() * 3)
        ]
        lettered = self.case.chance() < 0.35
        paragraphs = [
            self.paragraph(self.say("action_intro"), _items(personal, lettered)),
            self.paragraph(self.say("action_service"), _items(service, lettered)),
            self.paragraph(self.say("action_evidence")),
        ]
        self.section("Agreed action", paragraphs)

    # Chance

    def shuffled(self, options: tuple[str, ...], count: int) -> list[str]:
        left = list(options)
        return [left.pop(int(self.case.chance() * len(left))) for _ in range(count)]

    def sample_in_order(self, options: tuple[str, ...], count: int) -> list[str]:
        """`count` unfilled templates at random, in their own order; always includes the first."""
        omitted = set(self.shuffled(options[1:], max(0, len(options) - count)))
        return [option for option in options if option not in omitted]


def _items(texts: tuple[str, ...], lettered: bool) -> tuple[Item, ...]:
    ends = [";"] * (len(texts) - 2) + ["; and", "."] if len(texts) > 1 else ["."]
    return tuple(
        Item(chr(ord("a") + place) if lettered else None, text + end)
        for place, (text, end) in enumerate(zip(texts, ends, strict=True))
    )


def report_facts(case: Case) -> dict[str, Any]:
    """The parts of a report summary: complaint, finding, recommendations, date of compliance."""
    drafting = _Draft(case)
    words = drafting.words
    words["issue"] = words.choose(case.topic.issue)
    remedy = agree_remedy(case.topic, STATEMENT["service"], words)
    satisfied = case.decided + datetime.timedelta(days=90 + int(case.chance() * 120))
    words["satisfied"] = day_of(satisfied)
    return {
        "summary": f"{words['X']} complains about {words['about']}.",
        "complaint": words.choose(REPORT["intro"]),
        "finding": REPORT["finding_upheld"][0],
        "recommendations": [*remedy.personal, *remedy.service],
        "satisfied": words.choose(REPORT["satisfied"]),
    }
