"""A file that takes an hour to read. Imported by the process that reads it, without Django."""

import time


class SlowFile:
    """Stands in for a `Source` whose text a rule never finishes."""

    name, url, charset = "slow.txt", None, None

    @property
    def data(self) -> bytes:
        time.sleep(3600)
        return b""
