"""Regular expressions that are compiled when they are first used.

The rules have about a thousand of them. A process that serves pages or runs a command needs few.
"""

import re
from typing import Any, cast

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")


class _LazyPattern:
    """Has the methods of `re.Pattern`, and `pattern`.

    A slot of a method is empty until the method is first called; then the method of the compiled
    expression is in it, which is called as directly as without us.
    """

    __slots__ = ("_compiled", "_flags", "pattern", *_METHODS)

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags
        self._compiled: re.Pattern[str] | None = None

    def compile(self) -> re.Pattern[str]:
        self._compiled = self._compiled or re.compile(self.pattern, self._flags)
        return self._compiled

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        method = getattr(self.compile(), name)
        setattr(self, name, method)
        return method


_all: list[_LazyPattern] = []


def compile(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return an expression that is compiled when it is first used; for constants of modules."""
    _all.append(lazy := _LazyPattern(pattern, flags))
    return cast(re.Pattern[str], lazy)


def compile_all() -> None:
    """Compile all expressions of the modules that are imported, before this process is forked."""
    for lazy in _all:
        lazy.compile()
