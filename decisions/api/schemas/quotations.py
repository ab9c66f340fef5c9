"""What the API says of quotations that were checked."""

from rest_framework import serializers

from decisions.api.schemas.base import described, or_null, string, whole
from decisions.quotations import MAX_CHARACTERS, SegmentKind, Status

TextToCheck = type(
    "TextToCheck",
    (serializers.Serializer,),
    {
        "__doc__": "A text with quotations.",
        "text": string(
            "Quotations stand between quotation marks or in lines that begin with `>`, each with a"
            " reference beside it.",
            max_length=MAX_CHARACTERS,
        ),
    },
)

QuotedPlace = described(
    "QuotedPlace",
    "Where words stand in a decision.",
    reference=string(),
    council=or_null(),
    is_sample=serializers.BooleanField(),
    where=string("In words: `paragraph 5, item a`."),
    paragraph=whole("Its number; null for text without one.", allow_null=True),
    address=string("The address of the paragraph on the decision's page."),
)

QuotationDifference = described(
    "QuotationDifference",
    "Words of the quotation, and those that the decision has in their place.",
    quotation=string(),
    decision=string(),
)

QuotationSegment = described(
    "QuotationSegment",
    "Words of the quotation or of the decision, in order.",
    kind=serializers.ChoiceField([kind.value for kind in SegmentKind]),
    text=string(trim_whitespace=False),
)

CheckedQuotation = described(
    "CheckedQuotation",
    "What is so of one quotation.",
    quotation=string("The quotation as it was read, without its outer marks."),
    status=serializers.ChoiceField([status.value for status in Status]),
    reference=or_null("The reference beside it; null for none."),
    named_paragraph=whole("The paragraph that the text names.", allow_null=True),
    is_in_named_paragraph=serializers.BooleanField(
        allow_null=True, help_text="Null where no words were found."
    ),
    withdrawn_on=or_null("The day on which the decision was withdrawn."),
    erased_on=or_null("The day on which the decision was erased from this archive."),
    is_closed=serializers.BooleanField(
        help_text="False where the closing quotation mark is missing."
    ),
    has_brackets=serializers.BooleanField(),
    has_gaps=serializers.BooleanField(help_text="Whether an ellipsis divides it."),
    is_out_of_order=serializers.BooleanField(
        help_text="Whether its parts stand in the decision in another order."
    ),
    places=QuotedPlace(many=True, help_text="Where the words, or the nearest ones, stand."),
    elsewhere=QuotedPlace(
        many=True,
        allow_null=True,
        help_text="Other decisions with exactly these words; null where none was looked for.",
    ),
    differences=QuotationDifference(many=True),
    segments=QuotationSegment(
        many=True, help_text="From the quotation to the decision, word by word."
    ),
    decisions_compared=whole(
        "How many decisions were compared word for word; null where one was named.",
        allow_null=True,
    ),
    decisions_that_may_hold_the_words=whole(
        "How many the index names; null where a decision was named.", allow_null=True
    ),
)

CheckedText = described(
    "CheckedText",
    "A text whose quotations were checked.",
    quotations=CheckedQuotation(many=True, help_text="In the order of the text."),
    licence=string("What may be done with the text of decisions."),
)
