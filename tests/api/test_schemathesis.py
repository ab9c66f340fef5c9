"""Schemathesis asks the running app for everything that OpenAPI says may be asked, and more."""

import logging

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings

from decisions import search
from ombudsman.wsgi import application
from tests.factories import make_decision
from tests.varied import make_varied_archive

CONFIG = {
    # A slug, a reference or a cursor that this archive does not have is a text like any other to
    # OpenAPI, and is refused.
    "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "301", "400", "404"]}},
}
# Requests for each address, as many with valid parameters as with invalid ones.
EXAMPLES = 20

# The WSGI transport does not decompress what it gets.
IDENTITY = {"Accept-Encoding": "identity"}


@pytest.fixture
def app(db):
    """The app on an archive, which is in a transaction of this thread's connection."""
    make_varied_archive()
    make_decision("99 000 001", withdrawn_at="2024-01-01T00:00:00Z")
    search.catch_up()
    for signal in (request_started, request_finished):  # as Django's own client does
        signal.disconnect(close_old_connections)
    yield application
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.slow
def test_schemathesis_finds_nothing(app, caplog):
    caplog.set_level(logging.ERROR, "django.request")
    import schemathesis
    from schemathesis import GenerationMode
    from schemathesis.config import SchemathesisConfig

    config = SchemathesisConfig.from_dict(CONFIG)
    schema = schemathesis.openapi.from_wsgi("/api/schema/", app, config=config)
    operations = [result.ok() for result in schema.get_all_operations()]
    assert len(operations) == 9
    for operation in operations:
        for mode in GenerationMode:

            @settings(
                max_examples=EXAMPLES,
                deadline=None,
                database=None,
                derandomize=True,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case=operation.as_strategy(generation_mode=mode))
            def ask(case):
                case.call_and_validate(headers=IDENTITY)

            ask()
