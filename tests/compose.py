"""The compose file as an engine reads it: `docker compose`, `docker-compose`, or neither.

Where neither works, the file is checked against the Compose Specification's own JSON schema (part
of check-jsonschema), its variables are filled in by the rules of that specification, and what its
services refer to must exist.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.processes import environment

ENGINES = (("docker", "compose"), ("docker-compose",))
# `$$`, `${NAME}`, `${NAME:-default}`, `${NAME:?message}`; without the colon, "" counts as a value.
VARIABLE = re.compile(r"\$(?:\$|\{(?P<name>\w+)(?:(?P<rule>:?[-?])(?P<text>[^}]*))?\}|(?P<odd>.?))")


class InvalidCompose(Exception):
    """The file is not valid, or a variable that it requires has no value."""


def read(path: Path, variables: Mapping[str, str]) -> dict[str, Any]:
    """The file with its variables filled in. Raises InvalidCompose, which names what is wrong."""
    engine = installed_engine()
    return _by_engine(engine, path, variables) if engine else by_schema(path, variables)


@cache
def installed_engine() -> tuple[str, ...] | None:
    """The command of an engine that works here."""
    for program, *rest in ENGINES:
        found = shutil.which(program)
        if found and _run([found, *rest, "version"]).returncode == 0:
            return (found, *rest)
    return None


def _by_engine(engine: tuple[str, ...], path: Path, variables: Mapping[str, str]) -> dict[str, Any]:
    result = _run([*engine, "-f", str(path), "config"], variables)
    if result.returncode:
        raise InvalidCompose(result.stderr)
    return yaml.safe_load(result.stdout)


def by_schema(path: Path, variables: Mapping[str, str]) -> dict[str, Any]:
    """The same without an engine."""
    schema = ["--builtin-schema", "vendor.compose-spec"]
    result = _run([sys.executable, "-m", "check_jsonschema", *schema, str(path)])
    if result.returncode:
        raise InvalidCompose(result.stdout + result.stderr)
    config = _filled(yaml.safe_load(path.read_text()), variables)
    if missing := list(_missing(config)):
        raise InvalidCompose("; ".join(missing))
    return config


def _filled(value: Any, variables: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(part, variables) for key, part in value.items()}
    if isinstance(value, list):
        return [_filled(part, variables) for part in value]
    if isinstance(value, str):
        return VARIABLE.sub(lambda match: _value(match, variables), value)
    return value


def _value(match: re.Match[str], variables: Mapping[str, str]) -> str:
    if match[0] == "$$":
        return "$"
    name, rule, text = match["name"], match["rule"] or "", match["text"] or ""
    if name is None:
        raise InvalidCompose(f"{match.string}: not a variable: {match[0]}")
    value = variables.get(name)
    if value or (value == "" and ":" not in rule):
        return value
    if rule.endswith("?"):
        raise InvalidCompose(f"{name} has no value: {text}")
    return text


def _missing(config: dict[str, Any]) -> Iterator[str]:
    """What services refer to and the file does not have."""
    services = config.get("services", {})
    for name, service in services.items():
        if not service.keys() & {"image", "build"}:
            yield f"{name} has neither an image nor a build"
        conditions = service.get("depends_on", {})
        if isinstance(conditions, list):
            conditions = {other: {} for other in conditions}
        for other, how in conditions.items():
            if other not in services:
                yield f"{name} depends on {other}, which is no service"
            elif how.get("condition") == "service_healthy" and "healthcheck" not in services[other]:
                yield f"{name} waits for {other} to be healthy, which has no healthcheck"
        for volume in service.get("volumes", []):
            source = volume.get("source", "/") if isinstance(volume, dict) else volume.split(":")[0]
            if not source.startswith((".", "/", "~")) and source not in config.get("volumes", {}):
                yield f"{name} mounts {source}, which is no volume"


def _run(
    command: list[str], variables: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env=environment(**(variables or {})), capture_output=True, text=True
    )
