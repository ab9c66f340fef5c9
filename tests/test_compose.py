"""The compose file is valid, hands on its settings, and has no default for secrets."""

from pathlib import Path

import pytest
from django.conf import settings

from tests import compose

pytestmark = pytest.mark.slow  # each starts a program that reads the file

COMPOSE = Path(settings.BASE_DIR) / "docker-compose.yml"
SECRETS = {
    "POSTGRES_PASSWORD": "correcthorse",
    "SECRET_KEY": "a-long-secret-key",
    "ALLOWED_HOSTS": "archive.example",
}


def test_the_compose_file_is_valid():
    config = compose.read(COMPOSE, SECRETS)
    services = config["services"]
    assert services.keys() == {"web", "worker", "dumps", "migrate", "database"}
    assert services["web"]["image"] == services["migrate"]["image"] == "ombudsman-decisions"
    assert services["database"]["image"] == "postgres:18"
    assert config["volumes"].keys() == {"database", "dumps", "index"}
    assert services["database"]["healthcheck"]["test"][:2] == ["CMD", "pg_isready"]


def test_the_compose_file_hands_the_settings_to_its_services():
    services = compose.read(COMPOSE, {**SECRETS, "WEB_CONCURRENCY": "7"})["services"]
    password = SECRETS["POSTGRES_PASSWORD"]
    assert services["database"]["environment"]["POSTGRES_PASSWORD"] == password
    for name in ("web", "worker", "migrate"):
        given = services[name]["environment"]
        assert given["SECRET_KEY"] == SECRETS["SECRET_KEY"]
        assert given["ALLOWED_HOSTS"] == "archive.example"
        assert given["DATABASE_URL"] == f"postgresql://ombudsman:{password}@database:5432/ombudsman"
        assert (given["WEB_CONCURRENCY"], given["LOG_LEVEL"]) == ("7", "INFO")


@pytest.mark.parametrize("name", SECRETS)
def test_the_compose_file_has_no_default_for_secrets(name):
    others = {key: value for key, value in SECRETS.items() if key != name}
    with pytest.raises(compose.InvalidCompose, match=name):
        compose.read(COMPOSE, others)


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("    image: postgres:18\n", "", "database has neither an image nor a build"),
        ("    healthcheck:", "    healthchecks:", "healthchecks"),
        ("  index:\n", "", "web mounts index, which is no volume"),
        ("      database:\n", "      databases:\n", "depends on databases, which is no service"),
        ("interval: 5s", "interval: [5s]", "interval"),
        ("${LOG_LEVEL:-INFO}", "$LOG_LEVEL", "not a variable"),
    ],
)
def test_a_mistake_in_the_compose_file_is_found_without_an_engine(tmp_path, right, wrong, message):
    text = COMPOSE.read_text()
    assert right in text
    changed = tmp_path / COMPOSE.name
    changed.write_text(text.replace(right, wrong))
    with pytest.raises(compose.InvalidCompose, match=message):
        compose.by_schema(changed, SECRETS)
