"""Worked examples for people who program or use a spreadsheet; the tests run each of them.

In each code, `SITE` stands for the site's address. An example may use the files that the examples
before it made.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """An example: what it is for, and the code. `language` says what runs it; "" if a person."""

    name: str
    title: str
    explanation: str
    language: str
    code: str


EXAMPLES = (
    Example(
        "curl",
        "Save a list with curl",
        "All decisions of a search as a table. Search on the website first, then copy everything"
        " from the question mark on to the end of this address.",
        "sh",
        'curl --fail --silent --output upheld.csv "SITE/decisions/export.csv?outcome=upheld"\n'
        "head -n 3 upheld.csv",
    ),
    Example(
        "jq",
        "Ask the API from the shell",
        "How many decisions each category has among the results. Every filter of the list works.",
        "sh",
        'curl --fail --silent "SITE/api/facets/?outcome=upheld" > facets.json\n'
        'curl --fail --silent "SITE/api/decisions/?outcome=upheld&fields=reference,date&size=20"',
    ),
    Example(
        "pandas",
        "Count with Python and pandas",
        "The median recommended payment of each category.",
        "python",
        """import pandas as pd

decisions = pd.read_csv("SITE/decisions/export.csv?outcome=upheld", parse_dates=["date"])
paid = decisions.dropna(subset=["payment_pounds"])
print(paid.groupby("category")["payment_pounds"].agg(["count", "median"]))""",
    ),
    Example(
        "pages",
        "Read every page of the API with Python",
        "Nothing but Python itself is needed. Each page names the next one.",
        "python",
        """import json
from urllib.request import urlopen

address = "SITE/api/decisions/?fields=reference,council&size=100"
references = []
while address:
    with urlopen(address) as answer:
        page = json.load(answer)
    references += [decision["reference"] for decision in page["results"]]
    address = page["next"]
print(len(references), "of", page["total"])""",
    ),
    Example(
        "r",
        "Count with R",
        "Decisions by outcome and year.",
        "r",
        """decisions <- read.csv("SITE/decisions/export.csv", fileEncoding = "UTF-8-BOM")
decisions$year <- substr(decisions$date, 1, 4)
print(table(decisions$year, decisions$outcome))""",
    ),
    Example(
        "duckdb",
        "Query with SQL in DuckDB",
        "DuckDB reads the file that the first example saved.",
        "sql",
        """SELECT council, count(*) AS upheld, sum(payment_pounds) AS pounds
FROM read_csv('upheld.csv')
GROUP BY council
ORDER BY upheld DESC, council
LIMIT 5""",
    ),
    Example(
        "excel",
        "Open a list in Excel",
        "On a list, choose “Spreadsheet”, and open the file. To have a table that you can refresh:"
        " in Excel choose Data › Get Data › From Web, and enter this address.",
        "csv",
        "SITE/decisions/export.csv?outcome=upheld",
    ),
    Example(
        "calc",
        "Open a list in LibreOffice Calc",
        "Choose Sheet › External Links, and enter this address. The first row has the names of the"
        " columns.",
        "csv",
        "SITE/decisions/export.csv?outcome=not-upheld",
    ),
    Example(
        "sheets",
        "Open a list in Google Sheets",
        "Enter this formula in an empty sheet. It needs a site that the internet can reach.",
        "",
        '=IMPORTDATA("SITE/decisions/export.csv?outcome=upheld")',
    ),
)
