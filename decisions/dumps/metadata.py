"""The files of a dump that say what is in it: manifest, data package, schemas, licence."""

import json
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from decisions.dumps import files, schemas
from decisions.dumps.contents import FORMAT, Contents
from decisions.dumps.files import DumpFile
from decisions.dumps.tables import TABLES_BY_NAME, tables_of
from decisions.serializers import LICENCE as TERMS

MANIFEST = "manifest.json"
CHECKSUMS = "SHA256SUMS"
PACKAGE = "datapackage.json"
LICENCE = "LICENCE.txt"

TITLE = "Decisions of the Local Government and Social Care Ombudsman"
SOURCE = "https://www.lgo.org.uk/decisions"

_MORE_TERMS = """
The Ombudsman gave the people in the decisions other names, such as Mr X or Miss B. Do not try to
find out who they are.

What this archive adds (paragraph numbers that a file had lost, findings, keys) is found by a
program and can be wrong. The archive claims no rights of its own in it.

Decisions are withdrawn now and then. Take a new dump regularly, and delete from your copy what the
table `withdrawn` lists.
"""

_COMPLETE_NOTE = """
THIS DUMP IS COMPLETE: it has the text and the files of withdrawn decisions. Do not hand it out.
"""

# The terms of a data package as terms of DCAT, so that datapackage.json is a JSON-LD document too.
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "title": "dct:title",
    "description": "dct:description",
    "keywords": "dcat:keyword",
    "licenses": {"@id": "dct:license"},
    "sources": {"@id": "dct:source"},
    "path": {"@id": "dcat:downloadURL", "@type": "@id"},
    "resources": {"@id": "dcat:distribution"},
    "mediatype": "dcat:mediaType",
    "bytes": {"@id": "dcat:byteSize", "@type": "xsd:nonNegativeInteger"},
    "checksum": "spdx:checksum",
    "sha256": {"@id": "spdx:checksumValue", "@type": "xsd:hexBinary"},
}

# Media type, and what the data package says, of each kind of file.
_MEDIA = {
    ".jsonl.gz": ("application/jsonl", {"format": "jsonl", "compression": "gz"}),
    ".warc.gz": ("application/warc", {"format": "warc", "compression": "gz"}),
    ".sqlite": ("application/vnd.sqlite3", {"format": "sqlite"}),
    ".parquet": ("application/vnd.apache.parquet", {"format": "parquet"}),
}


def write_metadata(directory: Path, contents: Contents, data: list[DumpFile]) -> dict[str, Any]:
    """Write what describes the files of a dump, the manifest last; returns the manifest."""
    text = f"{textwrap.fill(TERMS, 100)}\n{_MORE_TERMS}{_COMPLETE_NOTE * contents.complete}"
    written = [files.write(directory, LICENCE, text.encode())]
    for table in tables_of(contents):
        path = f"schema/{table.name}.schema.json"
        written.append(files.write(directory, path, _json(schemas.json_schema(table))))
    written.append(files.write(directory, PACKAGE, _json(_package(contents, data))))
    everything = sorted([*data, *written], key=lambda file: file.path)
    manifest = {
        "format": FORMAT,
        "complete": contents.complete,
        "captures": contents.captures,
        "rows": _rows(data),
        "files": [file.to_json() for file in everything],
    }
    last = files.write(directory, MANIFEST, _json(manifest))
    sums = "".join(f"{file.sha256}  {file.path}\n" for file in [*everything, last])
    files.write(directory, CHECKSUMS, sums.encode())
    return manifest


def _rows(data: Iterable[DumpFile]) -> dict[str, int]:
    rows: dict[str, int] = {}
    for file in data:
        if file.table in TABLES_BY_NAME and file.path.endswith(".jsonl.gz"):
            rows[file.table] = rows.get(file.table, 0) + (file.rows or 0)
    return rows


def _package(contents: Contents, data: list[DumpFile]) -> dict[str, Any]:
    """The data package: each table with its parts, each other file by itself."""
    resources = []
    for table in tables_of(contents):
        parts = [file for file in data if file.path.startswith(f"data/{table.name}-")]
        described = {"name": table.name, "description": table.about, "profile": "data-resource"}
        resources.append(
            {
                "@type": "dcat:Distribution",
                **described,
                "path": [file.path for file in parts],
                "mediatype": _MEDIA[".jsonl.gz"][0],
                **_MEDIA[".jsonl.gz"][1],
                "encoding": "utf-8",
                "bytes": sum(file.bytes for file in parts),
                "schema": schemas.table_schema(table, contents),
                "jsonSchema": f"schema/{table.name}.schema.json",
            }
        )
    resources += [_file_resource(file) for file in data if not file.path.startswith("data/")]
    return {
        "@context": _CONTEXT,
        "@type": "dcat:Dataset",
        "name": "ombudsman-decisions",
        "title": TITLE,
        "description": "Decisions about complaints against English councils and other bodies, with"
        " their text, what rules found in it, and their history.",
        "keywords": ["ombudsman", "local government", "social care", "complaints", "England"],
        "licenses": [{"title": "Terms of use", "path": LICENCE}],
        "sources": [{"title": "Local Government and Social Care Ombudsman", "path": SOURCE}],
        "resources": resources,
    }


def _file_resource(file: DumpFile) -> dict[str, Any]:
    ending = next(ending for ending in _MEDIA if file.path.endswith(ending))
    mediatype, more = _MEDIA[ending]
    return {
        "@type": "dcat:Distribution",
        "name": file.path.lower().replace("/", "-").replace(".", "-"),
        "path": file.path,
        "mediatype": mediatype,
        **more,
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "checksum": {"@type": "spdx:Checksum", "sha256": file.sha256},
    }


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
