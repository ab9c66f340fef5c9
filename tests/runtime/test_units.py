"""What deploy/ has for systemd and Prometheus fits the repository, and the guide names it all."""

import configparser
import os
import re
import shlex
from pathlib import Path

from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
GUIDE = (ROOT / "docs/deploy.md").read_text()
INSTALLED = "/srv/ombudsman-decisions"


class Unit(configparser.RawConfigParser):
    """A unit; a key that has several lines has the last of them."""

    def __init__(self, path: Path) -> None:
        super().__init__(strict=False, delimiters="=", comment_prefixes="#")
        self.optionxform = str  # type: ignore[method-assign,assignment]
        self.read_string(path.read_text())


def test_units_start_commands_that_exist_on_the_address_of_the_proxies():
    units = {path.name: Unit(path) for path in (ROOT / "deploy/systemd").iterdir()}
    services = {name: unit for name, unit in units.items() if name.endswith(".service")}
    assert len(services) == 5
    for name, unit in services.items():
        service = unit["Service"]
        assert service["User"] == "archive"
        assert service["WorkingDirectory"] == INSTALLED
        assert f"cat > {service['EnvironmentFile']} <<END" in GUIDE
        # The interpreter that the guide makes.
        assert service["Environment"] in {
            f"PYTHON={INSTALLED}/.venv/bin/python", "BACKUPS=/var/backups/ombudsman-decisions",
        }  # fmt: skip
        text = (ROOT / "deploy/systemd" / name).read_text()
        (command,) = re.findall(r"deploy/entrypoint\.sh (\w+)", text)
        assert command == "serve" or command in get_commands()
        program = shlex.split(service["ExecStart"])[0]
        if program.startswith(INSTALLED):
            assert os.access(ROOT / program.removeprefix(f"{INSTALLED}/"), os.X_OK)
        assert re.search(rf"systemctl .*\b{name.removesuffix('.service')}\b", GUIDE)
    assert units["archive.service"]["Unit"]["Requires"] == "archive.socket"
    address = units["archive.socket"]["Socket"]["ListenStream"]
    assistants = services["archive-assistants.service"]["Service"]["ExecStart"].split()[-1]
    for proxy in ("nginx.conf", "Caddyfile"):
        text = (ROOT / "deploy" / proxy).read_text()
        assert address in text
        assert assistants in text


def test_every_file_that_the_guide_names_is_there():
    named = set(re.findall(r"\bdeploy/[\w./-]*\w", GUIDE))
    assert len(named) > 10
    assert [name for name in named if not (ROOT / name.removesuffix("/archive")).exists()] == []


def test_dashboard_and_alarms_ask_for_metrics_that_are_documented():
    documented = (ROOT / "docs/observability.md").read_text()
    for name in ("grafana-dashboard.json", "prometheus-alerts.yml"):
        asked = set(re.findall(r"\barchive_\w+", (ROOT / "deploy" / name).read_text()))
        assert len(asked) > 5
        assert {
            metric for metric in asked if metric.removesuffix("_bucket") not in documented
        } == set()
