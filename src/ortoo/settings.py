"""All settings of Ortoo, in one file.

Every variable is named ORTOO_*, is documented in docs/settings.md and fails loudly when wrong.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent.parent


def _text(name: str, default: str) -> str:
    return os.environ.get(name, default).strip()


def _flag(name: str, default: bool) -> bool:
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    value = _text(name, str(default)).lower()
    if value not in words:
        raise ImproperlyConfigured(f"{name}={value!r}: write 1 or 0")
    return words[value]


def _number(name: str, default: int, low: int, high: int) -> int:
    value = _text(name, str(default))
    if not value.isdigit() or not low <= int(value) <= high:
        raise ImproperlyConfigured(f"{name}={value!r}: write a whole number from {low} to {high}")
    return int(value)


def _choice(name: str, default: str, *words: str) -> str:
    value = _text(name, default)
    if value not in words:
        raise ImproperlyConfigured(f"{name}={value!r}: write {', '.join(words[:-1])} or {words[-1]}")
    return value


def _origin(name: str) -> str:
    value = _text(name, "").rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query):
        raise ImproperlyConfigured(f"{name}={value!r}: write an origin such as https://ortoo.example, or nothing")
    return value


def _database(url: str) -> dict[str, object]:
    """Django's settings for `sqlite:///path`, `postgres://user:password@host:port/name` or `postgres://user@/name?host=/folder`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path)[1:] if parts.path.startswith("//") else unquote(parts.path),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;",
            },
        }
    if parts.scheme in ("postgres", "postgresql"):
        more = dict(parse_qsl(parts.query, keep_blank_values=True))
        if more.keys() - {"host"}:
            raise ImproperlyConfigured(
                f"ORTOO_DATABASE_URL: behind the ? only host=FOLDER can stand, not {', '.join(sorted(more))}"
            )
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": more.get("host", parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ImproperlyConfigured(f"ORTOO_DATABASE_URL={url!r}: write sqlite:///FILE or postgres://USER@HOST/NAME")


def _secret(folder: Path) -> str:
    """The key that signs sessions: from the environment, or made once and kept beside the data for its owner only."""
    if value := _text("ORTOO_SECRET_KEY", ""):
        return value
    file = folder / "secret.key"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
        os.write(descriptor, secrets.token_urlsafe(64).encode())
        os.close(descriptor)
    return file.read_text().strip()


DATA = Path(_text("ORTOO_DATA", str(ROOT / "var"))).resolve()
DEBUG = _flag("ORTOO_DEBUG", False)
SECRET_KEY = _secret(DATA)
ALLOWED_HOSTS = [host for host in _text("ORTOO_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if host]
CSRF_TRUSTED_ORIGINS = [origin for origin in _text("ORTOO_ORIGINS", "").split(",") if origin]
UPLOAD_LIMIT_MB = _number("ORTOO_UPLOAD_LIMIT_MB", 64, 1, 4096)
SECURE_COOKIES = _flag("ORTOO_SECURE_COOKIES", False)

INSTALLED_APPS = [
    "ortoo.demo",
    "ortoo.outcomes",
    "ortoo.intake",
    "ortoo.planning",
    "ortoo.learning",
    "ortoo.live",
    "ortoo.participation",
    "ortoo.programmes",
    "ortoo.people",
    "ortoo.ui",
    "ortoo.kernel",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "django_tasks_db",
    "axes",
    "csp",
    "ninja",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "ortoo.kernel.middleware.NoNulMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ortoo.ui.middleware.AccountLanguageMiddleware",
    "ortoo.people.middleware.SignedInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ortoo.ui.middleware.RefusedMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "ortoo.urls"
WSGI_APPLICATION = "ortoo.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ortoo.ui.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "ortoo.ui.templatetags.ui",
            ],
        },
    }
]

DATABASES = {"default": _database(_text("ORTOO_DATABASE_URL", f"sqlite:///{DATA / 'ortoo.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "people:sign-in"
LOGIN_REDIRECT_URL = "ui:home"
LOGOUT_REDIRECT_URL = "people:sign-in"
AXES_FAILURE_LIMIT = _number("ORTOO_SIGN_IN_TRIES", 5, 2, 100)
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "ortoo.people.lockout.locked_out"
AXES_VERBOSE = False

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "ortoo_language"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = _text("ORTOO_TIME_ZONE", "Asia/Shanghai")

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "files"
MAP_FILE = _text("ORTOO_MAP_FILE", "")
MEDIA_URL = "/files/"
DATA_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_LIMIT_MB * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_NUMBER_FILES = 500

SESSION_COOKIE_NAME = "ortoo_session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
HUB = _choice("ORTOO_HUB", "embedded", "embedded", "nchan", "off")
HUB_PORT = _number("ORTOO_HUB_PORT", 8001, 1, 65533)
HUB_VIEWERS = _number("ORTOO_HUB_VIEWERS", 10_000, 1, 200_000)
HUB_URL = _origin("ORTOO_HUB_URL")
VIDEO_PORT = _number("ORTOO_VIDEO_PORT", 1935, 0, 65535)
SRT_PORT = _number("ORTOO_SRT_PORT", 8890, 0, 65535)
PICTURE_URL = _origin("ORTOO_PICTURE_URL")
RECORDING_DAYS = _number("ORTOO_RECORDING_DAYS", 90, 0, 36_500)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOG_LEVEL = _text("ORTOO_LOG_LEVEL", "WARNING").upper()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    # The level stands here too, because libraries lower it for their own loggers.
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "level": LOG_LEVEL}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
