"""How well the search ranks: queries with judged answers, and NDCG@10 beside two baselines.

`queries.py` joins what is typed and which decisions are relevant, in the facts of `judging.py`;
`archive.py` the decisions, `systems.py` what ranks them, `measure.py` the measure, `tuning.py` the
weights tried on one half of the queries, `report.py` what `make relevance` prints.
"""
