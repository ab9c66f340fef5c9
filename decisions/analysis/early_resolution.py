"""Early resolution: what the Ombudsman asked for in the assessment, and the body agreed to do.

    I therefore asked the Council to apologise and pay Ms X £150. To its credit, the Council agreed.

Such a statement has no section on the agreed action. The rest of an assessment is a story, in which
"the Council agreed to review it" may be years old.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from decisions.analysis import lazy_regex
from decisions.analysis.commitments import lowered
from decisions.analysis.passages import Passage

# "I therefore asked the Council to", "We have recommended that the Council", "We invited it to"
_ASKS = lazy_regex.compile(
    r"\b(?:i|we|ombudsm[ae]n)(?: (?:have|has|also|now|then|therefore|accordingly)){0,3}"
    r" (?:asked|recommend(?:ed)?|invited|suggest(?:ed)?|propos(?:e|ed))\b"
)
_ASK_WORDS = ("asked", "recommend", "invited", "suggest", "propos")  # one is in every match
_AGREES = lazy_regex.compile(
    r"\b(?:it|they|council|provider|authority|trust|body|company|home|and|has|have|"
    r"credit[^.]{0,30})"
    r"(?: (?:has|have|had|also|now|since|then|both|readily|promptly|kindly)){0,2}"
    r" (?:agreed|accepted (?:this|these|our|my|that)|accepts (?:this|these|our|my))\b"
)
_REFUSES = lazy_regex.compile(
    r"\b(?:not|n[’']t) (?:\w+ )?(?:agree|accept)\w*\b|\b(?:refused|declined|disagreed)\b"
)
# The council "has agreed to resolve the complaint early by providing a proportionate remedy".
_RESOLVES = lazy_regex.compile(
    r"\bagreed (?:to )?(?:\w+ ){0,2}?(?:resolve|remedy|settle|put|our|my|take \w+"
    r"|provide \w+ \w+ ?remedy|(?:an?|the) (?:\w+ )?(?:remedy|actions?|recommend\w+))\b"
    r"|\bagreed remedy\b|\bearly resolution\b"
)
_HAS_AGREED = lazy_regex.compile(
    r"\b(?:it|they|council|provider|authority|trust|body|company|home) (?:has|have)"
    r"(?: also| now| since| both| already)? agreed\b|\bto (?:its|their) credit\b"
)
_ANSWERS_WITHIN = 2  # paragraphs after the request in which the body may agree


def agreed_in_assessment(
    assessment: Sequence[Passage], deciding: Sequence[Passage]
) -> Iterator[Passage]:
    """The paragraphs of the assessment, with their items, that say what is to be done.

    `deciding` are the summary and the final decision.
    """
    if not any(
        "agree" in passage.text or "accept" in passage.text for passage in (*assessment, *deciding)
    ):
        return
    by_paragraph = groupby(assessment, key=lambda passage: (passage.section, passage.paragraph))
    paragraphs = [list(passages) for _, passages in by_paragraph]
    decided = lowered(" ".join(passage.text for passage in deciding))
    resolves = _RESOLVES.search(decided) is not None
    texts = [lowered("\n".join(passage.text for passage in passages)) for passages in paragraphs]
    for index, text in enumerate(texts):
        if any(word in text for word in _ASK_WORDS) and _ASKS.search(text):
            answer = "\n".join(texts[index : index + 1 + _ANSWERS_WITHIN])
            agreed = resolves or _AGREES.search(answer) is not None
            taken = agreed and _REFUSES.search(answer) is None
        else:
            taken = resolves and _HAS_AGREED.search(text) is not None
        if taken:
            yield from paragraphs[index]
