"""What the API says of a decision: in a list, as a whole, and of its paragraphs."""

from rest_framework import serializers

from decisions.analysis.passages import Part
from decisions.api.schemas.base import described, or_null, string, whole
from decisions.models import Capture, Council, Decision

CouncilName = described(
    "CouncilName",
    "The body that a complaint is about.",
    slug=string("For the filter `council`."),
    name=string(),
    kind=serializers.ChoiceField(Council.Kind.choices, allow_null=True),
    address=string("Its page."),
)


ParentCategory = described(
    "ParentCategory",
    "A main category.",
    path=string("For the filter `category`."),
    name=string(),
    address=string("Its page."),
    parent=or_null("Always null."),
)


CategoryName = described(
    "CategoryName",
    "What a complaint is about; `parent` is the main category of a subcategory.",
    ParentCategory,
    parent=ParentCategory(allow_null=True),
)


OutcomeName = described(
    "OutcomeName",
    "How a decision ended, in the Ombudsman's words.",
    slug=string("For the filter `outcome`."),
    name=string(),
)


CodeName = described(
    "CodeName",
    "A reason for closing, or a kind of remedy.",
    code=string("For the filter."),
    label=string(),
)


ProvisionName = described(
    "ProvisionName",
    "A law, case or guidance that the decision cites.",
    key=string("For the filter `provision`."),
    label=string(),
    address=string("Its page."),
)


DecisionSummary = described(
    "DecisionSummary",
    "A decision without its text.",
    reference=string("As the Ombudsman writes it: `21 019 030`."),
    other_references=serializers.ListField(child=string(), help_text="Of joint decisions."),
    address=string("The decision's page."),
    source_address=or_null("Where the Ombudsman published it."),
    kind=serializers.ChoiceField(Decision.Kind.choices, help_text="Whether it is a report."),
    is_sample=serializers.BooleanField(help_text="Whether it is invented, to try the archive."),
    council=CouncilName(allow_null=True),
    category=CategoryName(allow_null=True),
    outcome=OutcomeName(allow_null=True),
    date=serializers.DateField(allow_null=True, help_text="When it was decided."),
    summary=or_null("The Ombudsman's summary."),
    reasons=CodeName(many=True, help_text="Why the complaint was closed."),
    remedies=CodeName(many=True, help_text="What is to be done."),
    payment_pence=whole(
        "Recommended or agreed, in pence; null where none is certain.", allow_null=True
    ),
    provisions=ProvisionName(many=True),
    updated_at=serializers.DateTimeField(help_text="When the archive last changed it."),
)


Item = described(
    "Item",
    "An entry of a list within a paragraph.",
    id=or_null("Its anchor on the decision's page."),
    label=or_null("As printed: `a`."),
    text=string(),
    items=serializers.ListField(
        child=serializers.DictField(), help_text="Lists within it, of the same shape."
    ),
)


ParagraphText = described(
    "ParagraphText",
    "A paragraph; `text` leaves out the lists within it.",
    id=or_null("Its anchor on the decision's page."),
    number=whole("As printed.", allow_null=True),
    text=string(),
    items=Item(many=True),
)


SectionText = described(
    "SectionText",
    "Paragraphs under one heading.",
    id=string("Its anchor on the decision's page."),
    heading=or_null(),
    level=whole("1 for a main section, 2 for one within it."),
    part=serializers.ChoiceField([part.value for part in Part], help_text="What it is about."),
    paragraphs=ParagraphText(many=True),
)


EvidenceSpan = described(
    "EvidenceSpan",
    "The words that a finding rests on, and where they stand. `start` and `end` count characters in"
    " the text of the summary, of a paragraph or of an item in it;"
    " `item` leads to that item.",
    anchor=string("On the decision's page."),
    address=string("The place on the decision's page."),
    words=string("The Ombudsman's words."),
    number=whole("The paragraph's number.", allow_null=True),
    section=whole("Counted from 0; null for the summary.", allow_null=True),
    paragraph=whole("In the section, counted from 0.", allow_null=True),
    item=serializers.ListField(child=whole()),
    start=whole(),
    end=whole(),
)


ReasonFinding = described(
    "ReasonFinding",
    "A reason for closing the complaint.",
    code=string(),
    label=string(),
    basis=or_null("What in the decision says so."),
    evidence=EvidenceSpan(many=True),
)


Deadline = described(
    "Deadline",
    "The time by which something is to be done.",
    text=string("As written."),
    count=whole(allow_null=True),
    unit=or_null(),
)


RemedyFinding = described(
    "RemedyFinding",
    "One thing that is to be done; sums are in pence.",
    kind=string("Its code."),
    label=string(),
    amount_pence=whole("To each recipient, once or every `per`.", allow_null=True),
    per=or_null(),
    periods=serializers.FloatField(allow_null=True, help_text="How often `per` recurs."),
    total_pence=whole(allow_null=True),
    recipient=or_null(),
    purpose=or_null(),
    deadline=Deadline(allow_null=True),
    evidence=EvidenceSpan(),
)


CitationFinding = described(
    "CitationFinding",
    "A law, case or guidance that the decision cites.",
    key=string(),
    label=string(),
    short=string(),
    legislation_address=or_null("On legislation.gov.uk, or the like."),
    address=string("Its page here."),
    evidence=EvidenceSpan(),
)


DecisionReferenceFinding = described(
    "DecisionReferenceFinding",
    "Another decision that this one names.",
    reference=string(),
    evidence=EvidenceSpan(),
)


Target = described(
    "Target",
    "A paragraph of the same decision, or an item in it.",
    number=whole(),
    item=serializers.ListField(child=serializers.JSONField()),
)


CrossReferenceFinding = described(
    "CrossReferenceFinding",
    "Words that refer to other paragraphs of the decision.",
    targets=Target(many=True),
    evidence=EvidenceSpan(),
)


FindingsOfDecision = described(
    "FindingsOfDecision",
    "What the archive's rules read in the decision, each with its evidence.",
    rules_version=whole(),
    reasons=ReasonFinding(many=True),
    remedies=RemedyFinding(many=True),
    citations=CitationFinding(many=True),
    decision_references=DecisionReferenceFinding(many=True),
    cross_references=CrossReferenceFinding(many=True),
)


CaptureOfFile = described(
    "CaptureOfFile",
    "A file of the decision that the archive received.",
    name=string(),
    source_address=or_null(),
    sha256=string(),
    size=whole("In bytes."),
    captured_at=serializers.DateTimeField(help_text="When the source was read."),
    captured_from=serializers.ChoiceField(Capture.Basis.choices),
    received_at=serializers.DateTimeField(),
)


CorrectionOfField = described(
    "CorrectionOfField",
    "A field that staff of this archive corrected.",
    field=serializers.ChoiceField([*Decision.CORRECTABLE]),
    stated=or_null("What the file states: a slug, a path or a day; null for nothing."),
)


WholeDecision = described(
    "WholeDecision",
    "Everything that the archive says of a decision.",
    DecisionSummary,
    withdrawn_at=serializers.DateTimeField(allow_null=True, help_text="Always null: see 410."),
    corrections=CorrectionOfField(many=True),
    is_redacted=serializers.BooleanField(
        help_text="Whether “[redacted]” stands in place of words."
    ),
    licence=string("What may be done with the text."),
    warnings=serializers.ListField(child=string(), help_text="What could not be read for certain."),
    sections=SectionText(many=True),
    findings=FindingsOfDecision(),
    captures=CaptureOfFile(many=True),
)


Paragraph = described(
    "Paragraph",
    "One paragraph, with its decision.",
    ParagraphText,
    reference=string("Of the decision."),
    address=string("Of the paragraph, or of its section if it has no number."),
    section=whole("Counted from 0."),
    position=whole("In its section, counted from 0."),
    heading=or_null("Of its section."),
    is_standard=serializers.BooleanField(help_text="Whether many decisions share it."),
)
