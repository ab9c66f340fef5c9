"""The search index on disk: decisions of PostgreSQL go in, a searchable index comes out.

`schema` defines an entry, `store` opens an index, `writer` writes it, `sync` decides who
writes and when, `verify` compares it with PostgreSQL, `checksums` finds damaged files. It may touch
INDEX_DIR and read the models. An index can be deleted at any time: PostgreSQL rebuilds it.
"""
