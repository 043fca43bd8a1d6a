"""Every setting of an installation, read from the environment. `docs/guide/` lists them."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from ascolto.config.database import NOT_RUNNING, default_home, django_database
from ascolto.kit.environment import Environment
from ascolto.kit.keyring import purpose_key
from ascolto.kit.postgres import database_url
from ascolto.kit.secrets import installation_secret, old_secrets

ENVIRONMENT = Environment(os.environ)
PACKAGE = Path(__file__).resolve().parent.parent

HOME = ENVIRONMENT.path("ASCOLTO_HOME", default_home())
PORT = ENVIRONMENT.number("PORT", 8000, low=1, high=65535)
HOST = ENVIRONMENT.text("ASCOLTO_HOST", "127.0.0.1")
PUBLIC_URL = ENVIRONMENT.text("ASCOLTO_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
DEBUG = ENVIRONMENT.flag("ASCOLTO_DEBUG", default=False)
ASCOLTO_SECRET = installation_secret(ENVIRONMENT, HOME)
ASCOLTO_OLD_SECRETS = old_secrets(ENVIRONMENT)
SECRET_KEY = purpose_key(ASCOLTO_SECRET, "django").hex()  # its leak opens no stored secret
SECRET_KEY_FALLBACKS = [purpose_key(old, "django").hex() for old in ASCOLTO_OLD_SECRETS]
METRICS_TOKEN = ENVIRONMENT.secret("ASCOLTO_METRICS_TOKEN")

_https = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    urlsplit(PUBLIC_URL).hostname or "localhost",
    *ENVIRONMENT.listing("ASCOLTO_HOSTS"),
]
CSRF_TRUSTED_ORIGINS = ["{0.scheme}://{0.netloc}".format(urlsplit(PUBLIC_URL))]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "lucide",
    "ascolto.kit",
    "ascolto.staff",
    "ascolto.people",
    "ascolto.knowledge",
    "ascolto.timeline",
    "ascolto.pressure",
    "ascolto.integrations",
    "ascolto.administration",
    "ascolto.channels",
    "ascolto.learning",
    "ascolto.promises",
    "ascolto.alerts",
    "ascolto.cases",
    "ascolto.listening",
    "ascolto.triage",
    "ascolto.exchange",
    "ascolto.insight",
    "ascolto.desk",
    "ascolto.portal",
    "ascolto.api",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "ascolto.config.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ascolto.config.middleware.Preferences",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ascolto.desk.security.visits.Visits",
    "ascolto.desk.security.asked.SecondStep",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "ascolto.config.urls"
# cotton and template-partials each rewrite the loaders; together only this order works.
_LOADERS = [
    (
        "template_partials.loader.Loader",
        [
            (
                "django.template.loaders.cached.Loader",
                [
                    "django_cotton.cotton_loader.Loader",
                    "django.template.loaders.filesystem.Loader",
                    "django.template.loaders.app_directories.Loader",
                ],
            )
        ],
    )
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "config" / "templates"],
        "OPTIONS": {
            "loaders": _LOADERS,
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ascolto.desk.context.shell",
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "lucide.templatetags.lucide",
                "ascolto.desk.templatetags.ascolto",
                "ascolto.desk.templatetags.remembered",
            ],
            "libraries": {"i18n": "ascolto.desk.templatetags.remembered"},
        },
    }
]

DATABASES = {
    "default": django_database(
        database_url(os.environ, HOME) or NOT_RUNNING,
        pool_size=ENVIRONMENT.number("ASCOLTO_DATABASE_CONNECTIONS", 16, low=2, high=500),
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

AUTH_USER_MODEL = "staff.Colleague"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "ascolto.config.accounts.StaffAccounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a stranger's address never gets mail from here
MFA_ADAPTER = "ascolto.config.second_factor.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a code of half a minute before or after: clocks of phones differ
MFA_FORMS = {
    "authenticate": "ascolto.config.second_factor.CodeForm",
    "reauthenticate": "ascolto.config.second_factor.CodeAgainForm",
}
PASSWORD_RESET_TIMEOUT = 60 * 60
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
EMAIL_BACKEND = "ascolto.config.accounts.OutboxEmail"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_NAME = "__Host-ascolto" if _https else "ascolto"
HSTS = "max-age=31536000" if _https else ""  # behind a proxy Django cannot know; see middleware
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # without any, a browser posts with "Origin: null"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

LANGUAGE_CODE = "it"
LANGUAGES = [("it", _("italiano")), ("en", _("inglese"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "ascolto-lingua"
TIME_ZONE = "Europe/Rome"
USE_I18N = USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [PACKAGE / "desk" / "static", HOME / "fonts"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# What one message may weigh, and how long reading it may take.
LARGEST_MESSAGE = ENVIRONMENT.number("ASCOLTO_LARGEST_MESSAGE_MB", 35, low=1, high=150) * 1024**2
LARGEST_UPLOAD = ENVIRONMENT.number("ASCOLTO_LARGEST_UPLOAD_MB", 20, low=1, high=150) * 1024**2

# Hosts on a private network that outgoing webhooks may be sent to, as written in their URLs.
WEBHOOK_PRIVATE_HOSTS = ENVIRONMENT.listing("ASCOLTO_WEBHOOK_PRIVATE_HOSTS")
# The same for sources that are listened to: a feed or a server of the house.
SOURCE_PRIVATE_HOSTS = ENVIRONMENT.listing("ASCOLTO_SOURCE_PRIVATE_HOSTS")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["console"],
        "level": ENVIRONMENT.choice("ASCOLTO_LOG", "INFO", {"DEBUG", "INFO", "WARNING", "ERROR"}),
    },
    "loggers": {
        "procrastinate": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
    },
}
