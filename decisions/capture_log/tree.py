"""The Merkle tree of RFC 9162 (Certificate Transparency), section 2.1, with SHA-256.

A leaf is the hash of a zero byte and an entry, a node the hash of a one byte and its two halves.
"""

import hashlib
from collections.abc import Sequence


def leaf_of(entry: bytes) -> bytes:
    """The hash of an entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_of(left: bytes, right: bytes) -> bytes:
    """The hash of two parts of the tree."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class GrowingTree:
    """The root of more and more leaves; holds one hash for each full part of the tree."""

    def __init__(self) -> None:
        self.size = 0
        self._parts: list[bytes] = []  # the roots of full parts, the largest first

    def add(self, leaf: bytes) -> None:
        """Add the next leaf."""
        self._parts.append(leaf)
        self.size += 1
        for _ in range((self.size & -self.size).bit_length() - 1):
            right = self._parts.pop()
            self._parts.append(node_of(self._parts.pop(), right))

    @property
    def root(self) -> bytes:
        """The root of all leaves so far."""
        if not self._parts:
            return hashlib.sha256().digest()
        *others, root = self._parts
        for part in reversed(others):
            root = node_of(part, root)
        return root


def levels_of(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """Every level of the tree, from its leaves to the root. A hash without a pair moves up."""
    levels = [list(leaves)]
    while len(below := levels[-1]) > 1:
        pairs = [node_of(*below[at : at + 2]) for at in range(0, len(below) - 1, 2)]
        levels.append(pairs + below[len(pairs) * 2 :])
    return levels


def path_to_root(levels: list[list[bytes]], position: int) -> list[tuple[str, bytes]]:
    """What a leaf is hashed with, step by step, up to the root: "left" or "right", and the hash."""
    path = []
    for level in levels[:-1]:
        other = position ^ 1
        if other < len(level):
            path.append(("left" if other < position else "right", level[other]))
        position //= 2
    return path
