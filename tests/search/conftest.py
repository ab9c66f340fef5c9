"""Indexes of a few words for the tests of the search."""

import pytest
import tantivy

from decisions.search.index import store


@pytest.fixture
def searcher_of(index_dir):
    """Makes a searcher over an index that holds each text so many times."""

    def searcher(counts: dict[str, int], field: str = "words"):
        made = store.IndexStore.create()
        writer = made.index.writer(50_000_000, 1)
        for text, count in counts.items():
            for _ in range(count):
                entry = tantivy.Document()
                entry.add_text(field, text)
                writer.add_document(entry)
        writer.commit()
        writer.wait_merging_threads()
        return made.searcher()

    return searcher
