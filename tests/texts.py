"""Decision files as text, with known words, for tests that start from bytes."""


def decision_text(
    reference: str = "90 000 001",
    council: str | None = "Wexcombe District Council",
    category: str | None = "Education > School transport",
    outcome: str | None = "Upheld",
    date: str | None = "05 Mar 2024",
    summary: str = "The Council delayed.",
    paragraphs: tuple[str, ...] = ("Mr X complains about a bus.",),
    sample: bool = False,
) -> str:
    """A statement in the full text layout."""
    header = [f"{council} ({reference})"]
    header += [f"Category : {category}"] if category else []
    header += [f"Decision : {outcome}"] if outcome else []
    header += [f"Decision date : {date}"] if date else []
    header += ["Sample : invented decision about an invented council"] if sample else []
    body = "\n".join(f"  {number}. {text}" for number, text in enumerate(paragraphs, 1))
    blocks = [
        *header,
        "The Ombudsman's final decision:",
        f"Summary: {summary}",
        "The complaint",
        body,
        "Back to top",
        "Final decision",
        "  1. I have completed my investigation.",
        "Back to top",
        "Investigator's decision on behalf of the Ombudsman",
    ]
    return "\n\n".join(blocks) + "\n"
