"""A decision in the shapes that leave the site: a flat row for tables, and JSON.

In: rows of the models. Out: `DecisionRow` (one line of a spreadsheet) and dicts of JSON types.
May touch: the models and, for the captures and the names of laws, PostgreSQL; no index and no
request. Addresses start with `base_url`: scheme and host of the site, or "" for paths alone.
The text of a withdrawn decision never leaves: its JSON says only that it was withdrawn.
"""

from decisions.serializers.csv_text import BYTE_ORDER_MARK, csv_lines, without_formula
from decisions.serializers.document import decision_json, paragraph_json, withdrawn_json
from decisions.serializers.licence import LICENCE, SAMPLE_NOTICE, licence_note
from decisions.serializers.row import COLUMNS, DecisionRow, decision_rows
from decisions.serializers.summary import decision_summaries_json, decision_summary_json

__all__ = [
    "BYTE_ORDER_MARK",
    "COLUMNS",
    "LICENCE",
    "SAMPLE_NOTICE",
    "DecisionRow",
    "csv_lines",
    "decision_json",
    "decision_rows",
    "decision_summaries_json",
    "decision_summary_json",
    "licence_note",
    "paragraph_json",
    "withdrawn_json",
    "without_formula",
]
