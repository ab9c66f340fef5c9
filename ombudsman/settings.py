"""The settings. Values that differ between installations are read from the environment.

docs/deploy.md lists the variables; `checks` finds those that contradict each other.
"""

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError
from marshmallow.validate import OneOf

from ombudsman.env import CONNECTION_MAX_AGE, database_settings, stored_secret_key
from ombudsman.runtime import postgres

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
try:
    DATA_DIR = Path(env.str("DATA_DIR", "") or BASE_DIR / ".data").resolve()
    # On for a public site behind an HTTPS proxy, off for a site on this machine.
    PRODUCTION = env.bool("PRODUCTION", False)
    DEBUG = env.bool("DEBUG", False)
    SECRET_KEY = env.str("SECRET_KEY", "")
    DATABASE_URL = env.str("DATABASE_URL", "")
    DATABASE_POOL = env.int("DATABASE_POOL", 0)
    ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", [])
    CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
    HSTS_SECONDS = env.int("HSTS_SECONDS", 365 * 24 * 3600)
    LOG_LEVEL = env.log_level("LOG_LEVEL", logging.INFO)
    # `line` for people; `json` for programs, with a line for each request.
    LOG_FORMAT = env.str("LOG_FORMAT", "line", validate=OneOf(["line", "json"]))
    # Who may read /metrics: programs that send this token, or that ask from these networks without
    # a proxy between.
    METRICS_TOKEN = env.str("METRICS_TOKEN", "")
    METRICS_NETWORKS: list[str] = env.list("METRICS_NETWORKS", ["127.0.0.0/8", "::1/128"])
    # The public address of the site; if empty, pages use the host name of each request.
    SITE_URL = env.str("SITE_URL", "").rstrip("/")
    # Whether search engines may list the pages. Off by default, because the Ombudsman withdraws
    # decisions after five years, and some of them earlier.
    SEARCH_ENGINES_MAY_INDEX = env.bool("SEARCH_ENGINES_MAY_INDEX", False)
    # The archive's name, in titles, structured data and e-mails.
    ARCHIVE_NAME = env.str("ARCHIVE_NAME", "").strip() or "Ombudsman Decisions"
    # Who runs the archive, and their e-mail address or web page; the about page names both.
    OPERATOR = env.str("OPERATOR", "").strip()
    CONTACT = env.str("CONTACT", "").strip()
    # Whom to tell of a weakness of the site, if not CONTACT: an e-mail address or a web page.
    SECURITY_CONTACT = env.str("SECURITY_CONTACT", "").strip()
    # The web page of the operator's own privacy notice.
    PRIVACY_NOTICE = env.str("PRIVACY_NOTICE", "").strip()
    # Days that a reported mistake is kept after staff dealt with it.
    REPORT_RETENTION_DAYS = env.int("REPORT_RETENTION_DAYS", 180)
    # Most requests that one network may send to the API within a minute; 0 for any number.
    API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", 120)
    # Most searches that one network may send to the site's pages within a minute; 0 for any number.
    # A site on this machine has one reader, whose tests and scripts need no limit.
    SEARCHES_PER_MINUTE = env.int("SEARCHES_PER_MINUTE", 300 if PRODUCTION else 0)
    # Whether staff need a second factor, a code, besides their password.
    SECOND_FACTOR = env.bool("SECOND_FACTOR", PRODUCTION)
    # When a session of staff ends: minutes without a request, 0 for never, and hours in any case.
    SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", 60 if PRODUCTION else 0)
    SESSION_HOURS = env.int("SESSION_HOURS", 12 if PRODUCTION else 14 * 24)
    # How many proxies add an address to X-Forwarded-For before a request arrives here.
    TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", int(PRODUCTION))
    # The addresses of staff who get reports by e-mail, the sender's, and the server that sends it.
    REPORT_RECIPIENTS: list[str] = env.list("REPORT_RECIPIENTS", [])
    DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "").strip()
    EMAIL_HOST = env.str("EMAIL_HOST", "").strip()
    EMAIL_PORT = env.int("EMAIL_PORT", 25)
    EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
    EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
    EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)  # STARTTLS
    EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", False)  # TLS from the first byte
    # The address that the web server listens on.
    HOST = env.str("HOST", "127.0.0.1")
    PORT = env.int("PORT", 8000)
    # Where a proxy that keeps pages asks for the archive's version; 0 for nowhere.
    VERSION_PORT = env.int("VERSION_PORT", 0)
    WEB_CONCURRENCY = env.int("WEB_CONCURRENCY", 2)  # gunicorn's worker processes
    SAMPLE = env.int("SAMPLE", 600)  # invented decisions that `run` loads into an empty archive
    STATIC_ROOT = Path(env.str("STATIC_ROOT", "") or DATA_DIR / "static").resolve()
    # The dump that readers may download, and whether it has the received files as well.
    DUMP_DIR = Path(env.str("DUMP_DIR", "") or DATA_DIR / "dumps").resolve()
    DUMP_CAPTURES = env.bool("DUMP_CAPTURES", False)
    # The address of the authority that stamps the log of received files (RFC 3161), and a PEM file
    # of its certificates, from its root on.
    TIMESTAMP_AUTHORITY = env.str("TIMESTAMP_AUTHORITY", "").strip()
    TIMESTAMP_CERTIFICATES = env.str("TIMESTAMP_CERTIFICATES", "").strip()
except EnvError as error:
    raise ImproperlyConfigured(str(error)) from None

# These are not Django checks: a web server runs no checks, and must not start without these values.
if PRODUCTION:
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"):
        if not globals()[name]:
            raise ImproperlyConfigured(f"PRODUCTION is set, so {name} must be set as well.")
elif not SECRET_KEY:
    SECRET_KEY = stored_secret_key(DATA_DIR / "secret_key")

INSTALLED_APPS = [
    "ombudsman.admin_config.ArchiveAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django_filters",
    "django_htmx",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "ombudsman",
    "decisions",
]

MIDDLEWARE = [
    "ombudsman.observability.request_ids.request_id",
    "decisions.web.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ombudsman.observability.requests.measure_requests",
    # Safe against BREACH: the only secrets in pages are CSRF tokens, which Django masks anew for
    # each response.
    "decisions.web.middleware.CompressPages",
    "decisions.web.revalidation.cache_rules",
    "csp.middleware.CSPMiddleware",
    "decisions.web.search_limit.limit_searches",
    "decisions.web.query_time.bound_query_time",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "ombudsman.sign_in.sessions.end_sessions",
    "decisions.web.bodies.refuse_bodies",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "decisions.web.middleware.robots_header",
    "decisions.web.failures.pages_for_failures",
    "axes.middleware.AxesMiddleware",  # the last, so that it sees what the sign-in decided
]

ROOT_URLCONF = "ombudsman.urls"
WSGI_APPLICATION = "ombudsman.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"archive": "decisions.web.templatetags.archive"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "decisions.web.context_processors.site",
            ],
        },
    },
]

# PostgreSQL: the server that DATABASE_URL names, or the embedded one.
if DATABASE_URL:
    DATABASES = {"default": database_settings(DATABASE_URL, DATABASE_POOL)}
else:
    DATABASES = {
        "default": {
            "ENGINE": "ombudsman.runtime.database",
            "NAME": postgres.DATABASE,
            "USER": postgres.ROLE,
            "CONN_MAX_AGE": CONNECTION_MAX_AGE,
            "CONN_HEALTH_CHECKS": True,
            "EMBEDDED": {"data_dir": DATA_DIR},
        }
    }

# The search index is derived from PostgreSQL: if it is deleted, it is rebuilt.
INDEX_DIR = DATA_DIR / "index"

# Most parts of pages that each process keeps as HTML until the archive changes (see
# `decisions/web/archive_state.py`). The largest have about 60 KB, so that all take up to 18 MB.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "template_fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "template_fragments",
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "ombudsman.static_files.StaticFilesStorage"},
}

# Most files in one upload, and most bytes of a form's other fields. Files go to one file on the
# disk and do not count.
FILE_UPLOAD_HANDLERS = ["decisions.admin.upload_handler.OneFileUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FILES = 5000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# Seconds that a reader who sends a report waits for each step of the mail server.
EMAIL_TIMEOUT = 5

REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
}
# The description of the API under `/api/schema/`.
SPECTACULAR_SETTINGS = {
    "TITLE": f"{ARCHIVE_NAME}: API",
    "DESCRIPTION": "Decisions of the Local Government and Social Care Ombudsman as JSON, without a"
    " key. Nothing can be written.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SORT_OPERATIONS": False,
    "SORT_OPERATION_PARAMETERS": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "KindOfBody": "decisions.models.Council.Kind",
        "KindOfDecision": "decisions.models.Decision.Kind",
    },
}

# --- Security: hosts, content security policy, HTTPS

# Requests from the machine itself, by `manage.py run` and health checks, are always answered.
ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "decisions.web.failures.forbidden_form"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"

# --- Sign-in of staff

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesBackend",  # refuses who is locked out, before the password is looked at
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
] + [{"NAME": "ombudsman.sign_in.passwords.NoWordsOfTheArchive"}]
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
# Not in a cookie of their own.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
OTP_TOTP_ISSUER = ARCHIVE_NAME
OTP_ADMIN_HIDE_SENSITIVE_DATA = True
# Five wrong passwords for a user name from one network lock it there: nobody can lock staff out
# from elsewhere. SIGN_INS_PER_MINUTE bounds how many user names a network can try.
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "ombudsman.sign_in.lock_out.client_ip"
AXES_LOCKOUT_CALLABLE = "ombudsman.sign_in.lock_out.locked_out"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
# Most passwords and codes that one network may send within a minute.
SIGN_INS_PER_MINUTE = 20

if PRODUCTION:
    # The proxy must overwrite this header; otherwise a visitor could pretend to use HTTPS.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
    SECURE_HSTS_SECONDS = HSTS_SECONDS
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # Browsers take cookies with this prefix only by HTTPS, for this very host and all its paths: no
    # other site below the same domain can set them.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"

# --- Logs: one line per event, to standard error

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "ombudsman.observability.json_logs.JsonFormatter"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["without_readers_words"],
        },
    },
    "filters": {
        "without_readers_words": {"()": "ombudsman.log_privacy.WithoutReadersWords"},
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        # Django gives these loggers handlers of their own; without them, each event is logged once.
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        "django.server": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        # `ombudsman.sign_in.log` says the same, without what was typed as a user name.
        "axes": {"level": "ERROR"},
        # gunicorn warns when it drops the body of a response to HEAD, which is correct.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
