"""The archive's settings, with data of the tests' own: a directory that is gone afterwards.

The workers of one test run inherit it by environment, and share its database server.
"""

import os
import shutil
import tempfile
from pathlib import Path

# A file system in memory, on Linux: there, waiting until files are on the disk costs nothing.
IN_MEMORY = Path("/dev/shm")
# Bytes that must be free there before the tests use it; they need about 1 GB.
ROOM_IN_MEMORY = 4 << 30


def directory_of_data() -> str | None:
    """Where the tests keep their databases and indexes; None is the usual place."""
    if os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM_IN_MEMORY:
        return str(IN_MEMORY)
    return None


if "TESTS_DATA_DIR" not in os.environ:
    os.environ["TESTS_DATA_DIR"] = tempfile.mkdtemp(
        prefix="ombudsman-tests-", dir=directory_of_data()
    )
    # As root, the database runs as another user, who must be able to pass.
    Path(os.environ["TESTS_DATA_DIR"]).chmod(0o711)

for name in (
    "DATABASE_URL", "PRODUCTION", "DEBUG", "ALLOWED_HOSTS", "STATIC_ROOT", "SAMPLE", "ARCHIVE_NAME",
    "OPERATOR", "CONTACT", "PRIVACY_NOTICE", "EMAIL_HOST", "REPORT_RECIPIENTS",
    "DEFAULT_FROM_EMAIL", "SECURITY_CONTACT", "TRUSTED_PROXIES", "REPORT_RETENTION_DAYS",
    "DUMP_DIR", "DUMP_CAPTURES", "VERSION_PORT", "LOG_FORMAT",
    "METRICS_TOKEN", "METRICS_NETWORKS",
    "SEARCHES_PER_MINUTE",
    "SECOND_FACTOR", "SESSION_IDLE_MINUTES", "SESSION_HOURS",
):  # fmt: skip
    os.environ.pop(name, None)
os.environ["DATA_DIR"] = os.environ["TESTS_DATA_DIR"]

from ombudsman.settings import *  # noqa: E402, F403
from ombudsman.settings import DATA_DIR, DATABASES, STORAGES  # noqa: E402

DATABASES["default"]["EMBEDDED"]["durable"] = False
SIGN_INS_PER_MINUTE = 0
API_REQUESTS_PER_MINUTE = 0  # no limit, except in the tests of the limit
INDEX_DIR = DATA_DIR / os.environ.get("PYTEST_XDIST_WORKER", "main") / "index"
# Straight from their sources: nothing is collected for a test run.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
# Fast, and no safer than a test needs.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
