"""Measures what analysis finds against decisions that a person has labelled: `make accuracy`.

The texts are the Ombudsman's and not part of the repository; `labels.jsonl` holds facts alone:

    reference, outcome, decision_date   as the decision has them
    half                  "tuned": rules were changed while looking at it; "tuned, round 2": it was
                          held out until RULES_VERSION 4 and measured, then opened to change rules;
                          "tuned, round 3": first seen after RULES_VERSION 5 and measured, then
                          opened to change rules; "tuned, round 4": first seen after
                          RULES_VERSION 6 and measured, then opened to change rules.
                          A half that nobody has opened is called "fresh"
    seen                  what of the decision the person saw: "whole", "beginning" or "summary"
    reasons               codes of the closure reasons that the summary or final decision gives
    reasons_assessment_only   codes that only the assessment gives; they are not scored
    remedies              kinds of remedies; "training" stands for a reminder to staff too
    payments_pence        what each recipient is paid, once or a month, for each certain sum
    total_pence           all that is paid, null where it does not follow from the text
    deadline              the last day for the remedies, null where the text fixes none
    skip                  fields that cannot be judged from what was seen
"""
