"""The Merkle tree, by the test vectors of Certificate Transparency and by its own proofs."""

from decisions.capture_log.tree import GrowingTree, leaf_of, levels_of, node_of, path_to_root

# The inputs and roots of certificate-transparency's reference tests.
INPUTS = [
    b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31", b"\x40\x41\x42\x43",
    bytes(range(0x50, 0x58)), bytes(range(0x60, 0x70)),
]  # fmt: skip
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def test_roots_are_those_of_certificate_transparency():
    tree = GrowingTree()
    roots = {0: tree.root.hex()}
    for data in INPUTS:
        tree.add(leaf_of(data))
        roots[tree.size] = tree.root.hex()
    assert {size: roots[size] for size in ROOTS} == ROOTS


def test_each_leaf_leads_to_the_root_of_every_size():
    tree = GrowingTree()
    leaves = []
    for size in range(1, 66):
        leaves.append(leaf_of(bytes([size])))
        tree.add(leaves[-1])
        levels = levels_of(leaves)
        assert levels[-1] == [tree.root]
        for position, leaf in enumerate(leaves):
            found = leaf
            for side, other in path_to_root(levels, position):
                found = node_of(other, found) if side == "left" else node_of(found, other)
            assert found == tree.root
