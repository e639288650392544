"""How is this program set up? One file; loud on a bad value; safe by default.

What differs between installations comes from the environment (`environment.py`); what the design decided is written
here. Who serves people gets the app role's database URLs; only who migrates gets the owner's, in the same variables.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from agencies.vocabulary import Role
from situation_table import environment, logs, sweeps

BASE_DIR = Path(__file__).resolve().parent.parent

# --- who may reach us -------------------------------------------------------------------------------------------
DEBUG = environment.flag("DEBUG")
LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
# The demo speaks plain http to its own machine; anywhere else a cookie without `secure` would be a leak.
PLAIN_HTTP = environment.flag("PLAIN_HTTP_ON_LOOPBACK")
if (DEBUG or PLAIN_HTTP) and not set(ALLOWED_HOSTS) <= LOOPBACK:
    raise ImproperlyConfigured("DEBUG and PLAIN_HTTP_ON_LOOPBACK are for loopback hosts only; see ALLOWED_HOSTS.")
BEHIND_TLS_PROXY = environment.flag("BEHIND_TLS_PROXY")
if BEHIND_TLS_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS", "")

# --- secrets ----------------------------------------------------------------------------------------------------
SECRET_KEY = environment.text("SECRET_KEY")
if len(SECRET_KEY) < 32:
    raise ImproperlyConfigured("SECRET_KEY must be at least 32 characters.")
# Wraps every data key of the vault (AES-256-GCM).
KEY_ENCRYPTION_KEY = environment.key_of_32_bytes("KEY_ENCRYPTION_KEY")
# Seed of the Ed25519 key that signs the ledger's checkpoints.
LEDGER_SIGNING_KEY = environment.key_of_32_bytes("LEDGER_SIGNING_KEY")
# Checkpoints are written outside the database, or a re-chained ledger could not be told from a true one.
CHECKPOINT_DIR = environment.folder("CHECKPOINT_DIR")

# --- the rooms --------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",  # its templates, so that ours in templates/django/forms may override them
    "guardian",
    "auditlog",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "agencies",
    "risk",
    "privacy.keys",
    "privacy",
    "situations",
    "reports",
    "situation_table",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "situation_table.middleware.Trace",
    "situation_table.middleware.Stays",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "situation_table.middleware.RowContext",
    "situation_table.middleware.UrlPolicy",
    "situation_table.middleware.Refusals",
]
ROOT_URLCONF = "situation_table.urls"
ASGI_APPLICATION = "situation_table.asgi.application"
# Called by the lifecycle in the transaction of every decision: situations may not import reports.
SITUATION_RECORDER = "reports.record.keep"
# Figures are told by calendar years, or by public years from April on; the other is a sum of quarters.
REPORT_YEARS_ARE_FISCAL = environment.flag("REPORT_YEARS_ARE_FISCAL")
# Where a release withholds counts that add up, one more is withheld one time in so many (docs/adr/0060).
REPORT_ONE_MORE_IN = 8
# Asked by the pages of the code lists: risk knows nobody's seat, and no list that another room keeps.
CODE_LIST_EDITORS = "agencies.code_list_editors.may_edit"
FURTHER_CODE_LISTS = ("situation_table.sector_pages.words.a_list",)
# Asked before an agency is put on call: agencies knows no situation (docs/adr/0024).
AGENCY_ACTS = "situations.engaged.acts"
# Ends with the sessions of a member, and with the password: the calendar address needs no session (docs/adr/0045).
ENDS_WITH_SESSIONS = "situations.feeds.take_back"
# What the first page is made of, the most urgent first: a part of a role, or of a room above (docs/adr/0036).
HOMES = (
    "situations.views.homes.facilitator.home",
    "situations.views.homes.table.home",
    "situations.views.homes.representative.home",
    "situations.views.homes.agency_lead.home",
    "situations.views.homes.recorder.home",
    "situations.views.homes.privacy_officer.home",
    "reports.home.home",
    "situations.views.homes.administrator.home",
    "situations.views.homes.others.home",
)
# Asked when somebody leaves: which of their roles are open, as a count.
OPEN_WORK = "situations.handover.open_work"
# So many days before an agreement or undertaking runs out, people are told.
EXPIRY_NOTICE_DAYS = environment.numbers("EXPIRY_NOTICE_DAYS", "60,30,7")

# --- the two servers --------------------------------------------------------------------------------------------
# Pages reuse connections (1.85 times faster); the live side closes its own (see asgi.py).
CONN_MAX_AGE = environment.number("CONN_MAX_AGE", 60)
DATABASES: dict[str, dict[str, Any]] = {
    "default": environment.database("DATABASE_URL", keep_seconds=CONN_MAX_AGE),
    "keys": environment.database("KEYS_DATABASE_URL", keep_seconds=CONN_MAX_AGE),
}
DATABASE_ROUTERS = ["situation_table.routers.KeyringRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The middleware opens the transaction itself: Django's own would lose the row context (recipes.md, 3).
ATOMIC_REQUESTS = False

# --- people -----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "agencies.Member"
AUTHENTICATION_BACKENDS = [
    "agencies.signin.backend.Members",
    "guardian.backends.ObjectPermissionBackend",
]
# No row for nobody: guardian's anonymous user would be a member of no agency. Never ask guardian without a sign-in.
ANONYMOUS_USER_NAME = None
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
# Seats whose holders sign in with a second factor: "all", "none" (the demo), or roles with commas between.
SECOND_FACTOR_ROLES = environment.roles("SECOND_FACTOR_ROLES", "all", Role.values)
SESSION_ENGINE = "agencies.signin.store"
SESSION_COOKIE_AGE = 8 * 60 * 60  # one working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not PLAIN_HTTP
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "situation_table.unsent.token_refused"
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = not PLAIN_HTTP
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

# --- what a browser may do --------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = not PLAIN_HTTP
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = not PLAIN_HTTP
# Not "no-referrer": with it browsers send `Origin: null` on form posts and the CSRF check refuses every one.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Messages may carry a discussion number: on our side, not in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer", "autoplay", "camera", "display-capture", "fullscreen", "geolocation", "gyroscope",
        "magnetometer", "microphone", "midi", "payment", "usb",
    )
}  # fmt: skip
# A form with a whole situation is some kilobytes; a file to import stays in memory and never touches a disk.
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

# --- pages ------------------------------------------------------------------------------------------------------
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "situation_table.navigation.navigation",
                "situation_table.navigation.idle",
            ],
        },
    }
]
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Collected into a folder, files are served hashed and compressed from there; the demo serves them as they stand.
STATIC_ROOT = environment.text("STATIC_ROOT", "") or None
STORAGES: dict[str, dict[str, Any]] = {
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_ROOT
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
}
WHITENOISE_USE_FINDERS = STATIC_ROOT is None

# --- two languages, one clock -----------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["situation_table.formats"]
TIME_ZONE = "America/Toronto"
USE_TZ = True

# --- the second door --------------------------------------------------------------------------------------------
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "situation_table.api.handler",
    "NON_FIELD_ERRORS_KEY": "__all__",  # as forms name it
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Situation table",
    "VERSION": "1",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": r"/api/v[0-9]+",
    "ENUM_NAME_OVERRIDES": {
        "CompartmentKindEnum": "privacy.vocabulary.CompartmentKind",
        "LedgerKindEnum": "privacy.vocabulary.LedgerKind",
        "CategoryEnum": "privacy.vocabulary.Category",
        "PurposeEnum": "privacy.vocabulary.Purpose",
        "ItemKindEnum": "situations.vocabulary.ItemKind",
        "MeetingStateEnum": "situations.vocabulary.MeetingState",
        "ModeEnum": "situations.vocabulary.Mode",
        "RoleEnum": "agencies.vocabulary.Role",
    },
}

# --- after commit -----------------------------------------------------------------------------------------------
# Empty: no broker; an in-process ticker runs the same sweeps (see ticker.py).
REDIS_URL = environment.text("REDIS_URL", "")
if REDIS_URL and not REDIS_URL.startswith(("redis://", "rediss://", "redis+socket://")):
    raise ImproperlyConfigured("REDIS_URL is not a Redis address.")
CELERY_BROKER_URL = REDIS_URL or None
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Installations that share one Redis keep their queues apart.
CELERY_BROKER_TRANSPORT_OPTIONS = {"global_keyprefix": environment.text("BROKER_PREFIX", "st-")}
# A worker that dies mid-task gives it back; the verbs are idempotent.
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
# Plain data only: nothing that is unpacked into code.
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
# Our JSON lines with our allow-list; Celery's own format would print arguments.
CELERY_WORKER_HIJACK_ROOT_LOGGER = CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = sweeps.beat_schedule()

# --- what we write down -----------------------------------------------------------------------------------------
LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logs.configuration(environment.text("LOG_LEVEL", "INFO"))

# --- messages to people -----------------------------------------------------------------------------------------
# A number and a link, nothing else (R60). Where no mail server is named, messages are written to a folder.
PUBLIC_URL = environment.text("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
EMAIL_HOST = environment.text("EMAIL_HOST", "")
EMAIL_PORT = environment.number("EMAIL_PORT", 587)
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 20  # seconds; shorter than the outbox leaves a row alone after a try: no second worker sends it
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD", "")
DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM", "situation-table@localhost.invalid")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = str(CHECKPOINT_DIR.parent / "mail")
LETTERS_BY_HAND = not EMAIL_HOST  # an administrator is shown one-time links, to give to the people (docs/adr/0033)
