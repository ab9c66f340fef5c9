"""Everything that a list finds as one file, and each decision as a file.

In: the address of a list with another ending, `/decisions/export.csv?…`, or of a decision,
`/decisions/21-019-030.pdf`. Out: streamed CSV, JSON Lines and XLSX; text, Markdown, JSON, XML, PDF.
May touch: `web` for the one FilterSet, `results` and `render`; the serializers; PostgreSQL to read.
An export takes constant memory however long the list is, and only some threads of a worker.
"""
