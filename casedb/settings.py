"""Settings. What a deployment may change is a CASEDB_* variable, read here only (docs/reference/configuration.md)."""

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("CASEDB_DATA_DIR") or BASE_DIR / "var").resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

ENVIRONMENT = os.environ.get("CASEDB_ENVIRONMENT") or "development"
if ENVIRONMENT not in ("development", "production"):
    raise ImproperlyConfigured(f"CASEDB_ENVIRONMENT is “{ENVIRONMENT}”; it is either development or production.")
DEVELOPMENT = ENVIRONMENT == "development"
DEBUG = False
# On SQLite too: to open a connection takes several times as long as to read a document
CONN_MAX_AGE_SECONDS = 60


def database(url: str) -> dict[str, Any]:
    """Read `sqlite:///path` or `postgres://user:password@host:port/name?host=/socket/dir`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) or ":memory:",
            "CONN_MAX_AGE": CONN_MAX_AGE_SECONDS,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    if parts.scheme in ("postgres", "postgresql"):
        query = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": query.pop("host", None) or parts.hostname or "",
            "PORT": str(parts.port or ""),
            "OPTIONS": {"server_side_binding": True, "prepare_threshold": 5, **query},  # plans are made once
            "CONN_MAX_AGE": CONN_MAX_AGE_SECONDS,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ImproperlyConfigured(
        f"CASEDB_DATABASE_URL starts with “{parts.scheme}”; it takes sqlite:///… or postgres://…"
    )


def key(name: str, given: str | None, file: str) -> str:
    """Return a key of the deployment; in development one that is made once and kept in a file of the data folder."""
    if given:
        return given
    if not DEVELOPMENT:
        raise ImproperlyConfigured(f"Set {name} to a long random text.")
    kept = DATA_DIR / file
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text()


def whole_number(name: str, given: str | None, default: int) -> int:
    """Return a setting that counts something. Raises ImproperlyConfigured for anything but digits."""
    if not given:
        return default
    if not (given.isascii() and given.isdigit() and len(given) < 6):
        raise ImproperlyConfigured(f"{name} is “{given}”; it takes a whole number.")
    return int(given)


def cache(url: str | None) -> dict[str, Any]:
    """Read `file:///folder`, which the processes of one machine share. Without it each process counts for itself."""
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc or len(parts.path) < 2:
        raise ImproperlyConfigured(f"CASEDB_CACHE_URL is “{url}”; it takes file:///folder.")
    return {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": unquote(parts.path)}


def mail(url: str | None) -> dict[str, Any]:
    """Read `smtp://user:password@host:587` (STARTTLS), `smtps://…:465`, `file:///folder` or `console:`."""
    backends = "django.core.mail.backends"
    parts = urlsplit(url or ("console:" if DEVELOPMENT else ""))
    if parts.scheme in ("", "console"):
        return {"EMAIL_BACKEND": f"{backends}.{'console' if parts.scheme else 'dummy'}.EmailBackend"}
    if parts.scheme == "file" and len(parts.path) > 1:
        return {"EMAIL_BACKEND": f"{backends}.filebased.EmailBackend", "EMAIL_FILE_PATH": unquote(parts.path)}
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ImproperlyConfigured(
            f"CASEDB_MAIL_URL starts with “{parts.scheme}”; it takes smtp://…, smtps://…, file:///folder or console:"
        )
    implicit = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": f"{backends}.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if implicit else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": implicit,
        "EMAIL_USE_TLS": not implicit and parts.hostname not in ("localhost", "127.0.0.1"),
    }


DATABASES = {"default": database(os.environ.get("CASEDB_DATABASE_URL") or f"sqlite:///{DATA_DIR}/casedb.sqlite3")}
SECRET_KEY = key("CASEDB_SECRET_KEY", os.environ.get("CASEDB_SECRET_KEY"), "development-secret-key")
# Marks the slugs that a redaction erased, so that they are not used again. Changed or lost, it marks none of them.
CASEDB_SLUG_KEY = key("CASEDB_SLUG_KEY", os.environ.get("CASEDB_SLUG_KEY"), "development-slug-key")
ALLOWED_HOSTS = [host for host in os.environ.get("CASEDB_HOSTS", "").split(",") if host]
if DEVELOPMENT:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
elif not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set CASEDB_HOSTS to the names that this site answers to, separated by commas.")

# A folder with the texts that may not be kept in the database: quotes are then checked against them in full
CASEDB_DOCUMENTS = os.environ.get("CASEDB_DOCUMENTS") or None
# Who runs this copy, as /about/ names them
CASEDB_OPERATOR = os.environ.get("CASEDB_OPERATOR", "")
# How to reach them: an e-mail address, or a postal address in one line
CASEDB_CONTACT = os.environ.get("CASEDB_CONTACT", "")
CASEDB_TAKEDOWN_CONTACT = os.environ.get("CASEDB_TAKEDOWN_CONTACT") or CASEDB_CONTACT
CASEDB_CORRECTION_DAYS = whole_number("CASEDB_CORRECTION_DAYS", os.environ.get("CASEDB_CORRECTION_DAYS"), 7)
CASEDB_REPLY_DAYS = whole_number("CASEDB_REPLY_DAYS", os.environ.get("CASEDB_REPLY_DAYS"), 14)
CASEDB_SUBMISSION_DAYS = whole_number("CASEDB_SUBMISSION_DAYS", os.environ.get("CASEDB_SUBMISSION_DAYS"), 180)
# A session of the desk ends after so long without a request, and so long after the login in any case
CASEDB_SESSION_IDLE_MINUTES = whole_number(
    "CASEDB_SESSION_IDLE_MINUTES", os.environ.get("CASEDB_SESSION_IDLE_MINUTES"), 30
)
CASEDB_SESSION_HOURS = whole_number("CASEDB_SESSION_HOURS", os.environ.get("CASEDB_SESSION_HOURS"), 12)
# Proxies of our own in front of the site: so many addresses at the end of X-Forwarded-For are believed
CASEDB_PROXIES = whole_number("CASEDB_PROXIES", os.environ.get("CASEDB_PROXIES"), 0)
# Requests to the API that one address may make in a minute; each process counts for itself without a shared cache
CASEDB_API_PER_MINUTE = whole_number("CASEDB_API_PER_MINUTE", os.environ.get("CASEDB_API_PER_MINUTE"), 600)
# How long one statement of a request may run on PostgreSQL; 0 sets no limit. Commands are not limited.
CASEDB_STATEMENT_SECONDS = whole_number("CASEDB_STATEMENT_SECONDS", os.environ.get("CASEDB_STATEMENT_SECONDS"), 20)
# Where mails to those who follow something go out; without it a public site offers feeds only
globals().update(mail(os.environ.get("CASEDB_MAIL_URL")))
CASEDB_SENDS_MAIL = bool(os.environ.get("CASEDB_MAIL_URL")) or DEVELOPMENT
EMAIL_TIMEOUT = 10  # seconds, less than a write of the database waits for another
CASEDB_MAIL_FROM = os.environ.get("CASEDB_MAIL_FROM") or f"CaseDB <casedb@{ALLOWED_HOSTS[0]}>"
# Before a path in a mail: no request says there under which name the site is read
CASEDB_SITE_URL = os.environ.get("CASEDB_SITE_URL", "").rstrip("/") or (
    "http://127.0.0.1:8000" if DEVELOPMENT else f"https://{ALLOWED_HOSTS[0]}"
)
CACHES = {"default": cache(os.environ.get("CASEDB_CACHE_URL"))}
CASEDB_FIXTURES = BASE_DIR / "fixtures"
# The original files of captures: for the desk only, and served by no public door
CASEDB_FILES_DIR = DATA_DIR / "files"
# The search index. It can be deleted at any time: it is made again from the record.
CASEDB_SEARCH_DIR = DATA_DIR / "search"
# Pictures of shared links. They can be deleted at any time: they are drawn again.
CASEDB_CARDS_DIR = DATA_DIR / "cards"
# The desk's own index of names, also of what is not public. It can be deleted at any time as well.
CASEDB_DESK_INDEX_DIR = DATA_DIR / "desk-names"
# And its index of the texts of all copies that we hold
CASEDB_DESK_TEXT_DIR = DATA_DIR / "desk-texts"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "sources",
    "cases",
    "casedb",
]
MIDDLEWARE = [
    "casedb.middleware.cors",
    "casedb.middleware.content_security_policy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "casedb.middleware.language_of_path",
    "casedb.middleware.refuse_malformed_requests",
    "casedb.middleware.SlowStatements",
    "casedb.middleware.AdminSessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "casedb.middleware.AdminUsers",
    "django_otp.middleware.OTPMiddleware",
    "cases.admin.second_factor.ask_for_second_factor",
    "cases.admin.desk_acts.note_downloads",
    "casedb.middleware.AdminMessages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "casedb.urls"
WSGI_APPLICATION = "casedb.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "libraries": {"record": "cases.public.template_tags"},
        },
    },
]

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
# Five wrong passwords for one account from one address, then a pause. What it keeps of the address is a keyed hash,
# until the first login after the pause.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "cases.admin.login_throttle.client_key"
AXES_LOCKOUT_CALLABLE = "cases.admin.login_throttle.locked_out"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the time that the page names holds
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
OTP_TOTP_ISSUER = "CaseDB"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# How long the one-time link works that sets a password (cases.admin.accounts)
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
    "frame-ancestors": ["'none'"],
}
# nothing to other sites; with no-referrer a browser sends `Origin: null` and every form of our own is refused
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000  # 500 rows of the widest form of the desk
CSRF_FAILURE_VIEW = "casedb.errors.untrusted_form"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # until the browser closes
# A request is noted once a minute, so this is one minute more (casedb.middleware.AdminSessions)
SESSION_COOKIE_AGE = (CASEDB_SESSION_IDLE_MINUTES + 1) * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
if not DEVELOPMENT:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    # With this prefix browsers take the cookies from this very host only, not from its neighbours under one domain
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "cases.api.problems.handle",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "CaseDB",
    "DESCRIPTION": (
        "The public record in which every published statement opens the exact words that back it.\n\n"
        "`license` in any answer is the licence of this record. A source's own is its `licence`; null when not known."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "EXTERNAL_DOCS": {"description": "How to use it, with examples", "url": "/api/"},
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "LICENSE": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
    "DEFAULT_GENERATOR_CLASS": "cases.api.openapi.Generator",
    "SERVE_INCLUDE_SCHEMA": False,
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
