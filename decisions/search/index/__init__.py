"""The search index on disk: decisions of PostgreSQL go in, a searchable index comes out.

`schema` says what an entry holds, `store` opens an index, `writer` writes it, `sync` decides who
writes and when, `verify` compares it with PostgreSQL, `checksums` finds damaged files. It may touch
INDEX_DIR and read the models. It can be deleted at any time: it is rebuilt from PostgreSQL.
"""
