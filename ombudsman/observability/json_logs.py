"""Formats log records as JSON, one object a line."""

import datetime
import json
import logging

from ombudsman.observability.request_ids import current_id

# Attributes of a record that a line has, if they are set, besides those that every line has.
_EXTRA = ("view", "method", "status", "milliseconds")


class JsonFormatter(logging.Formatter):
    """`{"time": …, "level": …, "logger": …, "message": …, "request_id": …, "exception": …}`."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line; what it has not is left out."""
        time = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        line: dict[str, object] = {
            "time": time.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
        }
        if name := current_id.get():
            line["request_id"] = name
        line |= {name: getattr(record, name) for name in _EXTRA if hasattr(record, name)}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        elif record.exc_text:
            line["exception"] = record.exc_text
        return json.dumps(line, ensure_ascii=False)
