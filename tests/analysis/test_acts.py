"""The tables of acts and guidance."""

from decisions.analysis.acts import ACTS, GUIDANCE
from decisions.analysis.citations import citations
from decisions.analysis.passages import split
from decisions.analysis.provisions import Provision, ProvisionKind
from tests.analysis.documents import one_paragraph


def test_the_table_of_acts_gives_each_its_own_name():
    provisions = [Provision(ProvisionKind.ACT, act.title, act.year) for act in ACTS]
    provisions += [Provision(ProvisionKind.GUIDANCE, title) for title, _ in GUIDANCE]
    keys = [provision.key for provision in provisions]
    assert len(set(keys)) == len(keys)
    only = [act.title for act in ACTS if act.only]
    titles = [act.title for act in ACTS]
    assert all(titles.count(title) == 1 for title in only)
    chapters = [(act.year, act.chapter) for act in ACTS]
    assert len(set(chapters)) == len(chapters)


def test_every_act_of_the_table_is_recognised():
    for act in ACTS:
        found = citations(split(one_paragraph(f"({act.title} {act.year}, section 1)")))
        section = Provision(ProvisionKind.SECTION, act.title, act.year, "1")
        assert [citation.provision for citation in found] == [section]
