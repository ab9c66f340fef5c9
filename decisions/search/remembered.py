"""What was counted for one commit of the index, kept for whoever asks for the same again."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any


class Remembered:
    """What was counted lately, by what it was counted for; the least recently used goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Any:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: Hashable, counted: Any) -> None:
        with self._lock:
            self._kept[key] = counted
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()
