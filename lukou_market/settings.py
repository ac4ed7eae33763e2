"""Settings, read from the environment; a missing or bad value stops start-up by name.

Values come from the process environment first, then from `var/local.env`, which
`deploy/demo` and `deploy/test` write for the embedded PostgreSQL and Redis.
"""

import os
import sys
from datetime import timedelta
from pathlib import Path

import dj_database_url
from cryptography.fernet import Fernet, MultiFernet
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from environs import Env, EnvError, ValidationError, validate

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("LUKOU_VAR", BASE_DIR / "var"))

# The two name one database: what local.env says of the owner is not about an address given.
if "DATABASE_URL" in os.environ:
    os.environ.setdefault("OWNER_DATABASE_URL", os.environ["DATABASE_URL"])

env = Env()
if (VAR_DIR / "local.env").exists():
    env.read_env(str(VAR_DIR / "local.env"))


def _address(*schemes: str) -> validate.Regexp:
    shown = " or ".join(f"{scheme}://…" for scheme in schemes)
    return validate.Regexp(f"^({'|'.join(schemes)})://[^ ]+$", error=f"must read {shown}")


def _fernet_keys(keys: list[str]) -> None:
    try:
        MultiFernet([Fernet(key) for key in keys])
    except ValueError as error:
        raise ValidationError("must be Fernet keys, separated by commas") from error


_positive = validate.Range(min=1)

try:
    DEBUG = env.bool("DEBUG", False)
    SECRET_KEY = env.str("SECRET_KEY", validate=validate.Length(min=32))
    FIELD_KEYS: list[str] = env.list("FIELD_KEYS", validate=_fernet_keys)
    DIGEST_KEY = env.str("DIGEST_KEY", SECRET_KEY)
    DATABASE_URL = env.str("DATABASE_URL", validate=_address("postgres", "postgresql"))
    OWNER_DATABASE_URL = env.str(
        "OWNER_DATABASE_URL", DATABASE_URL, validate=_address("postgres", "postgresql")
    )
    REDIS_URL = env.str("REDIS_URL", validate=_address("redis", "rediss", "unix"))
    PUBLIC_BASE_URL = env.str("PUBLIC_BASE_URL", validate=_address("https", "http")).rstrip("/")
    ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost"])
    PROXIES = env.int("PROXIES", 0, validate=validate.Range(min=0))
    STRIPE_API_KEY = env.str("STRIPE_API_KEY")
    STRIPE_API_BASE = env.str(
        "STRIPE_API_BASE", "https://api.stripe.com", validate=_address("https", "http")
    )
    STRIPE_WEBHOOK_SECRET = env.str("STRIPE_WEBHOOK_SECRET")
    RESERVATION = timedelta(seconds=env.int("RESERVATION_SECONDS", 15 * 60, validate=_positive))
    SHIP_WITHIN = timedelta(hours=env.int("SHIP_WITHIN_HOURS", 48, validate=_positive))
    TRANSFER_ACCOUNT_NAME = env.str("TRANSFER_ACCOUNT_NAME", "")
    TRANSFER_ACCOUNT_NUMBER = env.str("TRANSFER_ACCOUNT_NUMBER", "")
    TRANSFER_BANK = env.str("TRANSFER_BANK", "")
    TRANSFER_DAYS = env.int("TRANSFER_DAYS", 7, validate=validate.Range(min=1, max=30))
    AUTO_RECEIPT = timedelta(days=env.int("AUTO_RECEIPT_DAYS", 10, validate=_positive))
    PACKING_TOLERANCE_BP = env.int(
        "PACKING_TOLERANCE_BP", 1000, validate=validate.Range(min=0, max=9999)
    )
    RECEIPT_AFTER_DELIVERY = timedelta(
        hours=env.int("RECEIPT_AFTER_DELIVERY_HOURS", 72, validate=validate.Range(min=0))
    )
    CARRIER_API_BASE = env.str("CARRIER_API_BASE", "").rstrip("/")
    CARRIER_API_KEY = env.str("CARRIER_API_KEY", "")
    CARRIER_ASK_EVERY = timedelta(
        seconds=env.int("CARRIER_ASK_EVERY_SECONDS", 2 * 3600, validate=_positive)
    )
    DECIDE_CLAIM_WITHIN = timedelta(hours=env.int("DECIDE_CLAIM_HOURS", 48, validate=_positive))
    GRANT_CLAIMS_UP_TO_FEN = env.int("GRANT_CLAIMS_UP_TO_FEN", 5000, validate=validate.Range(min=0))
    SIGN_IN_CODES_PER_HOUR_PER_PHONE = env.int(
        "SIGN_IN_CODES_PER_HOUR_PER_PHONE", 5, validate=_positive
    )
    SIGN_IN_CODES_PER_HOUR_PER_ADDRESS = env.int(
        "SIGN_IN_CODES_PER_HOUR_PER_ADDRESS", 60, validate=_positive
    )
    STAFF_SIGN_IN_TRIES = env.int("STAFF_SIGN_IN_TRIES", 5, validate=_positive)
    STAFF_LOCK_OUT = timedelta(minutes=env.int("STAFF_LOCK_OUT_MINUTES", 15, validate=_positive))
    ORDERS_PER_MINUTE_PER_BUYER = env.int("ORDERS_PER_MINUTE_PER_BUYER", 60, validate=_positive)
    SMS_GATEWAY = env.str("SMS_GATEWAY", "console")
    YUNPIAN_API_KEY = env.str("YUNPIAN_API_KEY", "")
    YUNPIAN_API_BASE = env.str(
        "YUNPIAN_API_BASE", "https://sms.yunpian.com", validate=_address("https", "http")
    )
    SMS_SIGNATURE = env.str("SMS_SIGNATURE", "绿口市集")
    EDGE_URL = env.str("EDGE_URL", "").rstrip("/")
    EDGE_SECRET = env.str("EDGE_SECRET", "")
    INGEST_URL = env.str("INGEST_URL", "").rstrip("/")
    RECONNECT = timedelta(minutes=env.int("RECONNECT_MINUTES", 10, validate=_positive))
    LONGEST_SESSION = timedelta(hours=env.int("LONGEST_SESSION_HOURS", 12, validate=_positive))
except EnvError as _error:
    sys.exit(
        f"lukou_market can't start. {str(_error).rstrip('.')}. "
        "Set it in the environment (README, 'Settings'), or run deploy/demo, which sets everything."
    )

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "lukou_market.cadre.site_config.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "lukou_market.kernel",
    "lukou_market.regions",
    "lukou_market.access_log",
    "lukou_market.accounts",
    "lukou_market.addresses",
    "lukou_market.households",
    "lukou_market.catalog",
    "lukou_market.streams",
    "lukou_market.orders",
    "lukou_market.payments",
    "lukou_market.organisations",
    "lukou_market.fulfilment",
    "lukou_market.screening",
    "lukou_market.ledger",
    "lukou_market.aid",
    "lukou_market.payouts",
    "lukou_market.registers",
    "lukou_market.reports",
    "lukou_market.village_reports",
    "lukou_market.public_notices",
    "lukou_market.storefront",
    "lukou_market.studio",
    "lukou_market.cadre",
    "lukou_market.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lukou_market.kernel.history_middleware.DeskHistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "lukou_market.urls"
WSGI_APPLICATION = "lukou_market.wsgi.application"
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
            ]
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(DATABASE_URL, conn_max_age=600, conn_health_checks=True)
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "lukou",
        # Redis holds nothing that can't be lost: without it pages get slower, not wrong.
        "OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_TIMEOUT": 2, "SOCKET_CONNECT_TIMEOUT": 1},
    }
}
DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "storefront:sign-in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
_https = PUBLIC_BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_AGE = 30 * 24 * 3600
CSRF_TRUSTED_ORIGINS = [PUBLIC_BASE_URL]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "lukou_market" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
# Recordings and replays of hosts' pictures; the edge writes to it and serves from it.
MEDIA_DIR = VAR_DIR / "media"
# Photos of claims: no web server serves this.
PRIVATE_DIR = VAR_DIR / "private"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
# Collected files are sent compressed; without them the sources serve, as they are.
WHITENOISE_USE_FINDERS = DEBUG or not STATIC_ROOT.is_dir()

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["lukou_market.accounts.tokens.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "lukou_market.kernel.pagination.NewestFirst",
    "PAGE_SIZE": 20,
    "EXCEPTION_HANDLER": "lukou_market.kernel.problems.exception_handler",
    "UNAUTHENTICATED_USER": None,
    "NUM_PROXIES": PROXIES,
    "DEFAULT_THROTTLE_RATES": {
        "orders_per_buyer": f"{ORDERS_PER_MINUTE_PER_BUYER}/min",
        "messages_per_person": "60/min",
    },
}
SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(hours=1),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=30),
    "SIGNING_KEY": SECRET_KEY,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Lukou Market API",
    "DESCRIPTION": "Orders, payments and the trace of every fen. Money is integer fen (CNY).",
    "VERSION": "1",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "lukou_market.kernel.schema.add_framework_errors",
    ],
}

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {"global_keyprefix": "lukou:", "socket_timeout": 5}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False  # a lost nudge only delays: the periodic run finds the row
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"secret_paths": {"()": "lukou_market.kernel.secret_paths.HideSecretPaths"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["secret_paths"],
        }
    },
    "loggers": {"stripe": {"level": "WARNING"}},  # its SDK tells every call otherwise
    "root": {"handlers": ["console"], "level": "INFO"},
}

UNFOLD = {
    "SITE_TITLE": _("Lukou Market"),
    "SITE_HEADER": _("Lukou Market"),
    "SITE_SUBHEADER": _("The cadre's desk"),
    "SHOW_HISTORY": True,
    "SHOW_LANGUAGES": True,
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("market/icon.svg")}
    ],
    "STYLES": [lambda request: static("cadre/desk.css")],
    "DASHBOARD_CALLBACK": "lukou_market.cadre.dashboard.dashboard",
    "SIDEBAR": {"navigation": "lukou_market.cadre.sidebar.navigation"},
}
