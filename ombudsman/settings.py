"""The one settings file. What differs between installations is read from the environment.

docs/deploy.md lists the variables.
"""

import re
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

from ombudsman import environment, postgres

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
try:
    DATA_DIR = Path(env.str("DATA_DIR", "") or BASE_DIR / ".data").resolve()
    # A site for the public, behind a proxy that speaks HTTPS. Off, it is one for this machine.
    PRODUCTION = env.bool("PRODUCTION", False)
    DEBUG = env.bool("DEBUG", False)
    SECRET_KEY = env.str("SECRET_KEY", "")
    DATABASE_URL = env.str("DATABASE_URL", "")
    DATABASE_POOL = env.int("DATABASE_POOL", 0)
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [])
    CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])
    HSTS_SECONDS = env.int("HSTS_SECONDS", 365 * 24 * 3600)
    LOG_LEVEL = env.str("LOG_LEVEL", "INFO").upper()
    # Where the public finds the site. Empty, pages call themselves what they were asked as.
    SITE_URL = env.str("SITE_URL", "").rstrip("/")
    # Whether search engines are asked to keep away. Off until somebody decides: the
    # Ombudsman takes decisions down after five years, and sometimes at once.
    SEARCH_ENGINES_MAY_INDEX = env.bool("SEARCH_ENGINES_MAY_INDEX", False)
    # What `manage.py run` serves, and where.
    HOST = env.str("HOST", "127.0.0.1")
    PORT = env.int("PORT", 8000)
    SAMPLE = env.int("SAMPLE", 600)
    STATIC_ROOT = Path(env.str("STATIC_ROOT", "") or DATA_DIR / "static").resolve()
except EnvError as error:
    raise ImproperlyConfigured(str(error)) from None

if PRODUCTION:
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"):
        if not globals()[name]:
            raise ImproperlyConfigured(f"PRODUCTION is set, so {name} must be set as well.")
elif not SECRET_KEY:
    SECRET_KEY = environment.kept_secret(DATA_DIR / "secret_key")

if SITE_URL and not re.fullmatch(r"https?://[^/\s?#]+", SITE_URL):
    raise ImproperlyConfigured(f"SITE_URL is not like https://decisions.example.org: {SITE_URL}")

INSTALLED_APPS = [
    "django.contrib.admin",
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
    "decisions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages hold no secret but Django's CSRF tokens, which differ each time.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "decisions.web.middleware.ask_search_engines",
]

ROOT_URLCONF = "ombudsman.urls"
WSGI_APPLICATION = "ombudsman.wsgi.application"

TEMPLATES = [
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
            ],
        },
    },
]

# PostgreSQL: the server that DATABASE_URL names, or the embedded one.
if DATABASE_URL:
    DATABASES = {"default": environment.database(DATABASE_URL, DATABASE_POOL)}
else:
    DATABASES = {
        "default": {
            "ENGINE": "ombudsman.database",
            "NAME": postgres.DATABASE,
            "USER": postgres.ROLE,
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "EMBEDDED": {"data_dir": DATA_DIR},
        }
    }

# The search index is a projection of PostgreSQL: it may be deleted at any time and is rebuilt.
INDEX_DIR = DATA_DIR / "index"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# An upload in the admin may bring a whole directory of decisions; their bytes go to disk, and
# only the other fields of a form count towards the limit in bytes.
DATA_UPLOAD_MAX_NUMBER_FILES = 5000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# --- Who may talk to the site, and how

# The machine itself may always ask: `manage.py run` and health checks do.
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
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"

if PRODUCTION:
    # The proxy must set this header itself, whatever the visitor sent.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = HSTS_SECONDS
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# --- Logs: to standard error, one line an event

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        # Django gives these handlers of their own.
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        "django.server": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        # It warns of every HEAD request, whose body it drops, as it should.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
