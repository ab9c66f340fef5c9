"""The words that name an apology or a payment, for `action_patterns`."""

from decisions.analysis.pattern import Pattern

GIVE = (
    "mak giv provid send issu offer arrang deliver organis undertak hold conduct complet carr"
    " commission produc circulat shar distribut remit award credit receiv"
)
GIVEN = r"(?:e|es|ing|s|y|ies|ying)?(?: out)?\b"
# Up to six words between a verb and its object.
WORDS = r"(?: (?!with\b|and\b)[\w’'-]+){0,6}?"
# The same between "make" and "payment"; "a new policy on direct payments" is none.
_TO_PAYMENT = (
    r"(?: (?!(?:with|and|on|about|regarding|concerning)\b|polic|guidance|information|advice|"
    r"details\b|evidence|breakdown|explanation|reasons)[\w’'-]+){0,6}?"
)
# After "payment" as a remedy: not "payment plan", "payments on time".
_AFTER_PAYMENT = (
    r"(?= (?:of|to|for|with|totalling|in|within|as|and|or|is|are|that|which|from|by|equal|"
    r"provides?|remed(?:y|ies)|will|would|should|represents?|equivalent|each|described|detailed|"
    r"listed|outlined|explained|recommended|set out)\b(?! (?:instal|due|full and|time))|[.,;:)]|$)"
)
# A payment named without the word: "a financial settlement".
_MONEY = r"(?:financial|monetary) (?:remedy|redress|settlement|recognition|award|contribution)s?"

PERSONAL_PATTERNS = (
    Pattern("apology", "apologis", r"(?:e|es|ing)\b", "the council will apologise to mr x."),
    Pattern("apology", "apolog letter", r"(?:y|ies)\b|s? of apology\b", "it agreed to an apology."),
    Pattern("apology", "say", r"(?:s|ing)? sorry\b", "the council will say sorry to mr x."),
    Pattern(
        "apology",
        "writ meet",
        r"(?:e|es|s|ing|ting)?\b[^.;:£]{1,120}?\bapolog(?:ise|y|ising)\b",
        "the council has agreed to write to the aunt and, separately, the uncle to apologise.",
    ),
    Pattern(
        "apology",
        GIVE,
        rf"{GIVEN}(?:(?! (?:pay|financial|monetary|compensation))[^.;:£]){{0,60}}?"
        r" apolog(?:y|ies)\b",
        "the council will send mrs x a written apology.",
    ),
    Pattern(
        "payment",
        "pay",
        r"(?:s|ing)?\b"
        r"(?! (?:(?:due|particular|close|full|more|proper) )?(?:regard|attention|heed))",
        "the council should pay ms y £250.",
    ),
    Pattern("payment", "paid", r"\b", "mr x should be paid £100."),
    Pattern(
        "payment",
        "payment cheque compensation",
        rf"s?{_AFTER_PAYMENT}",
        "we have recommended payment for ms x.",
    ),
    Pattern(
        "payment",
        "financial monetary",
        rf" (?:remedy|redress|settlement|recognition|compensation|award|payment)s?{_AFTER_PAYMENT}",
        "the council has agreed to a financial settlement.",
    ),
    Pattern(
        "payment",
        GIVE,
        rf"{GIVEN}(?: an? time and trouble|{_TO_PAYMENT}) (?:(?:payments?|cheques?|compensation|"
        rf"{_MONEY})\b{_AFTER_PAYMENT}"
        r"|remedy (?:of|totalling)\b(?=[^.;]{0,30}£))",
        "the council will make a symbolic payment.",
    ),
    Pattern(
        "payment",
        GIVE,
        rf"{GIVEN}(?: (?:an?|the|her|him|them|further|additional|one-off)){{0,3}}(?= £[\d,.]+ "
        r"(?:[\w-]+ )?(?:payments?|contribution|award)\b)",
        "the council has agreed to make a £200 payment.",
    ),
    Pattern(
        "payment",
        "refund reimburs repay re-pay compensat",
        r"(?:e|es|ing|s|ed)?\b",
        "the council has agreed to refund the fees.",
    ),
    Pattern(
        "payment",
        "remedy",
        r" (?:of|totalling)\b(?=[^.;]{0,30}£)",
        "the council agreed a remedy of £120.",
    ),
    Pattern(
        "payment",
        "settl",
        r"(?:e|es|ing)\b(?= (?:the|an?|any|all|his|her|their|this|that|m(?:r|rs|s|iss) \w+[’']s?)"
        r" (?:[\w-]+ ){0,3}?(?:invoices?|bills?|fees|charges|arrears|costs|accounts?|debts?)\b)",
        "the council will settle the invoice with the care home.",
    ),
    Pattern(
        "payment",
        "cover meet bear fund",
        r"(?:s|ing)?\b(?= (?:(?:part|half|some|all|most|\d+%) of )?(?:the|any|all|his|her|"
        r"their|m(?:r|rs|s|iss) \w+[’']s?) (?:[\w-]+ ){0,3}?"
        r"(?:costs?|fees|expenses|bills?|charges)\b)",
        "the council will meet his legal costs.",
    ),
    Pattern(
        "payment",
        "return",
        r"(?:s|ing)?\b(?= (?:the|any|all|his|her|their) (?:[\w-]+ ){0,3}?(?:fees?|money|charges|"
        r"deposit|payments?|contributions?|overpayments?)\b)",
        "the council has agreed to return the overpaid fees.",
    ),
    Pattern(
        "payment",
        "contribut honour",
        r"(?:e|es|s|ing)?\b(?=[^.;:]{0,40}(?:£|\bpayment\b|\boffer of (?:an? )?(?:payment|"
        r"compensation)\b))",
        "the council will contribute £200 towards the repairs.",
    ),
    Pattern(
        "payment",
        "backdat",
        r"(?:e|es|ing)\b(?=[^.;]{0,40}\b(?:payments?|allowances?|fees|benefits?)\b)",
        "the council should backdate its payments to the date of the assessment.",
    ),
    Pattern(
        "payment",
        "increas rais",
        r"(?:e|es|ing)\b(?=[^.;]{0,80} to £)",
        "i recommended the council increase its offer from £100 to £250.",
    ),
    Pattern(
        "payment",
        "offer giv provid send award credit",
        r"(?:e|es|s|ing)?\b(?=(?:(?! and | pay\b)[^.;:,]){0,60}?£)",
        "the council will credit mr x’s account with £120.",
    ),
    Pattern(
        "payment",
        "increas rais",
        r"(?:e|es|ing)\b(?: (?:the|its|this|that|his|her|their|proposed|previous|earlier|remedy"
        r"|financial|symbolic)){0,4} (?:payments?|offer|compensation|remedy)\b",
        "the council has agreed to increase the payment to mr x.",
    ),
)
