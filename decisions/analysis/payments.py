"""Finds the payments of a commitment: how much, to whom, for what.

pay the first family £300, the second £100 … for the distress
pay Mrs Y £200 a month for five months, a total of £1,000, and £150 for her time and trouble
"""

import re
from dataclasses import dataclass, replace

from decisions.analysis import lazy_regex
from decisions.analysis.money import Sum, find_sums
from decisions.analysis.number_words import NUMBER, parse_number

_TITLE = r"(?:Mr|Mrs|Miss|Ms|Mx|Dr|Sir|Lady|Master)\b\.?"
_NAME = rf"(?:{_TITLE}(?: and {_TITLE})? [A-Z]\w{{0,20}}|[A-Z](?![\w’'-]))(?:[’']s? [a-z]{{2,20}})?"
_PERSON_NOUN = (
    r"(?:wom[ae]n|m[ae]n|famil(?:y|ies)|complainants?|teenager|child|children|parents?"
    r"|grandparents?|mother|father|son|daughter|brother|sister|husband|wife|couple|aunt|uncle"
    r"|niece|nephew|estate|residents?|tenants?|girls?|boys?|siblings?|carers?)"
)
_NOUN = (
    rf"(?:(?:each|both|all) (?:of )?)?(?:(?:the|his|her|their|these) )?(?:(?:{NUMBER}|first|second"
    rf"|third|fourth|fifth|older|younger|other) )?{_PERSON_NOUN}\b(?: of {_NAME})?"
)
_PARTY = (
    rf"(?:{_NAME}|{_NOUN}|(?:both )?(?:him|her|them)\b(?! \w+[’'])"
    r"|(?:the )?(?:first|second|third|fourth|fifth)\b)"
)
PARTY = lazy_regex.compile(rf"(?<!\w){_PARTY}(?:(?:,| and|, and) (?:to )?{_PARTY}){{0,3}}")

# "to Mrs Y", "each to the two families", "to each of the three children"
_TO_PARTY = lazy_regex.compile(rf"\W{{0,3}}(?:each )?to (?P<party>{PARTY.pattern})")
# Words between two payments of one commitment: ", the second", "and a further", ": ", "(".
_LINK_TO_NEXT = lazy_regex.compile(
    r"(?:[,;:(&]|\b(?:made up|consist\w+|compris\w+)(?: of)?|\band|\bplus|\bwith|\bas well as"
    r"|\bin addition to|\bon top of|\bover and above)"
    r"\s*(?:and )?(?:to )?"
    rf"(?:(?:pay|offer|make) )?(?:{PARTY.pattern} )?(?:also )?(?:an? )?"
    r"(?:(?:further|additional|another|extra|second|separate|symbolic|total|sum|payment|remedy|of"
    r"|to|by) ){0,6}(?:the )?$",
)
_EXCLUDED = lazy_regex.compile(
    r"\b(?:(?:instead of|rather than|less|minus|deduct\w*|taking off|not|from|excluding|including)"
    r" (?:any|its|his|her|the|an?|their)?|(?:in addition to|on top of|as well as|over and above)"
    r" (?:any|its|his|her|the|their|what|payments?)\b)[\w ]{0,40}$",
    re.IGNORECASE,
)
# "as well as £100 it paid before": the sum after "as well as" is no new payment.
_PAID_BEFORE = lazy_regex.compile(
    r"[^.,;£]{0,30}?\b(?:already|previously|earlier|(?:it|council|provider) (?:has |had )?(?:paid|"
    r"offered|proposed|gave))\b",
    re.IGNORECASE,
)
_BESIDE = lazy_regex.compile(
    r"\b(?:in addition to|on top of|as well as|over and above)\b[\w ]{0,12}$"
)
_EACH = lazy_regex.compile(
    r"\beach\b(?! (?:month|week|term|day|year|of the \w+ (?:months|weeks|terms)))"
)
_NUMBER_OF_PEOPLE = lazy_regex.compile(
    rf"\b(?P<count>both|{NUMBER}) (?:[a-z]+ )?(?:{_PERSON_NOUN})\b", re.IGNORECASE
)
_ONE_PARTY = lazy_regex.compile(rf"(?<!\w){_PARTY}")
# Parties of an unknown number of people: "Mr X and his children"
_SEVERAL = lazy_regex.compile(
    r"\b(?:all|both|each|them|families|complainants|children|parents|grandparents|couple|estate"
    r"|\w+(?:men|ers|ors|ants|ents|boys|girls|sons|ings))\b"
)
_COUPLE = lazy_regex.compile(rf"{_TITLE}(?: [A-Z]\w*)? and {_TITLE}")
# Length of the text before a sum that may name its recipient, in characters.
_MAX_LOOK_BACK = 90

# "increase its offer from £150 to £400": only the second sum is paid.
_RAISED = lazy_regex.compile(r"(?:increas|rais)[^.;]{1,90}? to (?=£)", re.IGNORECASE)

PURPOSES = (
    # label, pattern for the words of a decision
    ("distress", r"distress|upset|worry|anxiety|frustrat|uncertain|inconvenience|raised expect"),
    ("time and trouble", r"time and (?:\w+ )?trouble|time, trouble|put to (?:the )?trouble"),
    (
        "lost provision",
        r"(?:los[st]|miss(?:ed|ing)|lack|without)\b[^.;]{0,40}?(?:provision|education|school"
        r"|support|service|therap|care|tuition|short breaks|respite)",
    ),
    ("costs", r"costs?\b|expenses|legal advice|reimburse|fees|fares"),
    ("lost opportunity", r"lo(?:st|ss of) (?:an? |the )?(?:opportunit|chance)"),
    ("risk of harm", r"risk of (?:significant )?harm|put at risk"),
    ("delay", r"delay"),
)
_PURPOSE = lazy_regex.compile(
    "|".join(rf"(?P<p{index}>\b(?:{pattern}))" for index, (_, pattern) in enumerate(PURPOSES)),
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment at `start` to `end`. Money in pence.

    `amount` is paid once, or every `per`, to each recipient; `total` is all that is paid.
    """

    start: int
    end: int
    amount: int | None = None
    per: str | None = None
    periods: int | float | None = None
    total: int | None = None
    recipient: str | None = None
    purpose: str | None = None


def find_payments(text: str, start: int, verb_end: int, end: int) -> list[Payment]:
    """The payments of the commitment from `start` to `end`, whose verb ends at `verb_end`.

    A commitment without a sum is one payment without an amount.
    """
    raised = _RAISED.match(text, start, end)
    if raised:
        verb_end = raised.end()
    sums = _paid_sums(text, verb_end, find_sums(text, verb_end, end))
    if not sums:
        recipient = None
        if after_to := _TO_PARTY.match(text, verb_end, end):
            recipient = after_to["party"]
        elif party := PARTY.match(text, min(verb_end + 1, end), end):
            recipient = party[0]
        return [Payment(start, end, recipient=recipient, purpose=_purpose(text, verb_end, end))]
    sums, totals = _without_totals(text, verb_end, sums)
    payments: list[Payment] = []
    boundaries = [*(amount.start for amount in sums[1:]), end]
    payment_start = start
    for index, (amount, boundary) in enumerate(zip(sums, boundaries, strict=True)):
        last = index == len(sums) - 1
        payment_end = end if last else _link_start(text, amount.end, boundary)
        recipient = _recipient(text, verb_end if not index else payment_start, amount, payment_end)
        whole = text[payment_start:payment_end]
        total = amount.product
        if _EACH.search(whole):
            # "apologise to Mr and Mrs D and pay them £150 each"
            count = _count_people(recipient, whole) or _count_people(
                None, text[max(0, start - _MAX_LOOK_BACK) : payment_start]
            )
            total = None if count is None or total is None else total * count
        if totals.get(amount.start) is not None:
            total = totals[amount.start]
        payments.append(
            Payment(
                payment_start, payment_end, amount.pence, amount.per, amount.periods, total,
                recipient, _purpose(text, amount.end, payment_end),
            )
        )  # fmt: skip
        payment_start = payment_end
    # A purpose holds for the payments before it: "pay the first family £300, the second £100 for
    # the distress".
    purpose: str | None = None
    for index, payment in reversed(list(enumerate(payments))):
        purpose = payment.purpose or purpose
        payments[index] = replace(payment, purpose=purpose)
    return payments


def _paid_sums(text: str, verb_end: int, sums: list[Sum]) -> list[Sum]:
    """The sums that are paid: the first and those joined to it. The others are only mentioned."""
    kept: list[Sum] = []
    last_end, excluded = verb_end, False
    for amount in sums:
        before = text[max(last_end, amount.start - _MAX_LOOK_BACK) : amount.start]
        last_end = amount.end
        if _EXCLUDED.search(before) or (
            _BESIDE.search(before) and _PAID_BEFORE.match(text, amount.end)
        ):
            excluded = True
            continue
        if excluded and amount.is_total and kept and not kept[-1].per:
            continue  # "£250, on top of the £150 it paid, making £400 in total"
        if kept and not amount.is_total:
            joined = _LINK_TO_NEXT.search(before)
            if not joined or before.endswith("the "):
                continue
        elif not kept and _CAUSE.search(text, verb_end, amount.start):
            continue
        kept.append(amount)
    return kept


# "pay Mr X because it lost his £40 deposit": the sum is the price of something, not a payment.
_CAUSE = lazy_regex.compile(r"\b(?:because|failing|failure|when it|after it)\b", re.IGNORECASE)


# A sum that is paid besides another: "and a further £200"
_BESIDES = lazy_regex.compile(r"\b(?:and|plus|further|additional|another|also|as well as|extra)\b")


def _without_totals(text: str, start: int, sums: list[Sum]) -> tuple[list[Sum], dict[int, int]]:
    """The sums that are not the total of others, and the totals that are stated for a rate.

    The totals, in pence, are keyed by the start of the sum with the rate. A stated total that is
    not the sum of its parts stands for them, as the parts may be incomplete; after "a further £300"
    it counts earlier payments too, and is none.
    """
    totals: dict[int, int] = {}
    kept: list[Sum] = []
    running_total = 0
    first_start = sums[0].start
    is_first_besides = _BESIDES.search(text, start, first_start) is not None
    for amount in sums:
        before = kept[-1] if kept else None
        if before and amount.per and not before.per and amount.product == before.pence:
            # "£1,500 (£300 per month for five months)"
            kept[-1] = replace(amount, start=before.start)
            continue
        if before and amount.pence is not None and not amount.per:
            since = max(before.end, amount.start - _MAX_LOOK_BACK)
            besides = _BESIDES.search(text, since, amount.start) is not None
            alone = len(kept) == 1
            if before.per and (
                (amount.is_total and (alone or amount.pence != running_total))
                or (amount.pence == before.product and not besides)
            ):
                totals[before.start] = amount.pence
                continue
            if amount.is_total:
                if amount.pence != running_total and not is_first_besides:
                    kept = [replace(amount, start=first_start)]
                    running_total = amount.pence
                continue
        running_total += amount.product or 0
        kept.append(amount)
    first, rest = kept[0], kept[1:]
    if len(rest) > 1 and first.pence is not None:
        parts = [other.product for other in rest]
        if None not in parts and sum(part or 0 for part in parts) == first.pence:
            kept = rest  # "£500: £300 for distress and £200 for her time and trouble"
    return kept, totals


def _link_start(text: str, after: int, before: int) -> int:
    """Where the words that lead to the sum at `before` begin, not before `after`."""
    low = max(after, before - _MAX_LOOK_BACK)
    lead = _LINK_TO_NEXT.search(text[low:before])
    return low + lead.start() if lead else before


def _recipient(text: str, low: int, amount: Sum, payment_end: int) -> str | None:
    before = text[max(low, amount.start - _MAX_LOOK_BACK) : amount.start]
    parties = list(PARTY.finditer(before))
    if parties and not re.search(r"\bfor\b", before[parties[0].start() :]):
        return parties[0][0]
    after = _TO_PARTY.match(text, amount.end, payment_end)
    return after["party"] if after else None


def _count_people(recipient: str | None, words: str) -> int | None:
    counted = _NUMBER_OF_PEOPLE.search(words)
    if counted:
        return parse_number(counted["count"])
    if _COUPLE.search(recipient or words):
        return 2
    parties = _ONE_PARTY.findall(recipient or "")
    return len(parties) if len(parties) > 1 and not _SEVERAL.search(recipient or "") else None


def _purpose(text: str, start: int, end: int) -> str | None:
    """The labels of PURPOSES that the text names, in the order of the table."""
    named = {match.lastgroup for match in _PURPOSE.finditer(text, start, end)}
    labels = [label for index, (label, _) in enumerate(PURPOSES) if f"p{index}" in named]
    return ", ".join(labels) or None
