"""Settings of every installation; what differs between two of them comes from the environment."""

import os
from pathlib import Path

from luoshi.site.databases import database
from luoshi.site.home import home, openid_connect, opening_day, secret_key
from luoshi.site.log_lines import for_people, for_programs
from luoshi.site.outward import channels, mail

IS_PRODUCTION = os.environ.get("LUOSHI_PRODUCTION") == "1"  # `luoshi serve --production` sets it
PACKAGE = Path(__file__).resolve().parent.parent
HOME = home()

SECRET_KEY = secret_key(HOME)
DEBUG = False
ALLOWED_HOSTS = os.environ.get("LUOSHI_HOSTS", "127.0.0.1 localhost [::1]").split()
CSRF_TRUSTED_ORIGINS = os.environ.get("LUOSHI_ORIGINS", "").split()

INSTALLED_APPS = [
    "luoshi.site.apps.SiteConfig",
    "luoshi.exchange.apps.ExchangeConfig",
    "luoshi.intake.apps.IntakeConfig",
    "luoshi.ledger.apps.LedgerConfig",
    "luoshi.notices.apps.NoticesConfig",
    "luoshi.clocks.apps.ClocksConfig",
    "luoshi.audit.apps.AuditConfig",
    "luoshi.accounts.apps.AccountsConfig",
    "luoshi.organisation.apps.OrganisationConfig",
    "luoshi.base.apps.BaseConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "template_partials",
]

MIDDLEWARE = [
    "luoshi.site.production.middleware.probes_first",
    "luoshi.site.production.middleware.TimedStatements",
    "django.middleware.security.SecurityMiddleware",
    "luoshi.site.middleware.content_security",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "luoshi.site.middleware.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "luoshi.accounts.middleware.by_token",
    "luoshi.organisation.middleware.acting_post",
    "luoshi.accounts.middleware.within_limits",
    "luoshi.audit.middleware.audited",
]

ROOT_URLCONF = "luoshi.site.urls"
WSGI_APPLICATION = "luoshi.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "luoshi.site.frame.frame",
            ],
        },
    }
]

DATABASES = {"default": database(os.environ.get("DATABASE_URL"), HOME, pooled=IS_PRODUCTION)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organisation.Account"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "board"
PASSWORD_HASHERS = ["luoshi.organisation.passwords.Argon2"]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "luoshi.accounts.validators.LongEnough",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "luoshi.accounts.validators.ThreeOfFourClasses"},
    {"NAME": "luoshi.accounts.validators.NotCommon"},
    {"NAME": "luoshi.accounts.validators.NotTheLogin"},
    {"NAME": "luoshi.accounts.validators.NotUsedBefore"},
]

# Signing in stands on django-allauth (ADR 0006); of its pages only those of accounts/urls.py open.
ACCOUNT_ADAPTER = "luoshi.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
ACCOUNT_RATE_LIMITS = False  # tries are counted in the database, over all processes
MFA_ADAPTER = "luoshi.accounts.adapters.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Luoshi 落实"
MFA_TOTP_TOLERANCE = 1  # one step of 30 s for a clock that goes wrong
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "luoshi.accounts.forms.Code",
    "reauthenticate": "luoshi.accounts.forms.CodeAgain",
    "activate_totp": "luoshi.accounts.forms.FirstCode",
}
SOCIALACCOUNT_ADAPTER = "luoshi.accounts.adapters.Identities"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that leads elsewhere is refused by form-action 'self'
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS = openid_connect(HOME)
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("LUOSHI_PROXIES", "0"))
LANDING_PAGES = ["board", "accounts", "audit", "administrators"]  # the first that opens

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = (
    True  # served from the packages as they are: nothing to collect on an office machine
)
if IS_PRODUCTION:
    STATIC_ROOT = HOME / "static"  # files are gathered there, named by content and compressed
    MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")  # it stands before the gate
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "luoshi.site.production.storage.Gathered"},
    }
EVIDENCE_ROOT = HOME / "evidence"  # outside anything that is served

# Behind a proxy that speaks TLS (deploy/): cookies and addresses are those of the outer side.
IS_HTTPS = os.environ.get("LUOSHI_HTTPS") == "1"
PROXIES = int(os.environ.get("LUOSHI_PROXIES", "0"))  # trusted ones in front
if IS_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True  # forms carry the token; no script reads it
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 60 * 60
# In the database alone: one that was ended is over in every process.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CSRF_FAILURE_VIEW = "luoshi.site.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 10
EVIDENCE_MAX_BYTES = 20 * 1024 * 1024

MOST_WRITES_A_MINUTE = 300  # of one person: no hand is so quick
MOST_TRIES_A_MINUTE = 60  # of one address where nobody signed in

THREAD_KINDS = [
    "luoshi.organisation.projection.DISTRICTS",
    "luoshi.organisation.projection.UNITS",
    "luoshi.organisation.projection.POSTS",
    "luoshi.audit.projection.AUDITS",
    "luoshi.clocks.projection.CALENDARS",
    "luoshi.clocks.projection.RULE_SETS",
    "luoshi.notices.projection.BURDENS",
    "luoshi.ledger.projection.GOALS",
    "luoshi.ledger.projection.MATTERS",
    "luoshi.ledger.projection.ROLLUPS",
]

VERBS = [
    "luoshi.ledger.verbs.ALL",
    "luoshi.intake.verbs.ALL",
    "luoshi.exchange.verbs.ALL",
    "luoshi.notices.verbs.ALL",
    "luoshi.clocks.verbs.ALL",
    "luoshi.audit.verbs.ALL",
    "luoshi.accounts.verbs.ALL",
    "luoshi.organisation.verbs.ALL",
    "luoshi.site.verbs.ALL",
]

RUNNING_WORK = ["luoshi.ledger.silence.matters_in_hand"]
"""How rooms count the open work of units and posts: who has some ends only naming successors."""

SENTENCES = [
    "luoshi.base.sentences.SENTENCES",
    "luoshi.organisation.sentences.SENTENCES",
    "luoshi.accounts.sentences.SENTENCES",
    "luoshi.clocks.sentences.SENTENCES",
    "luoshi.audit.sentences.SENTENCES",
    "luoshi.notices.sentences.SENTENCES",
    "luoshi.ledger.sentences.SENTENCES",
    "luoshi.intake.sentences.SENTENCES",
    "luoshi.intake.reading.sentences.SENTENCES",
    "luoshi.exchange.sentences.SENTENCES",
    "luoshi.site.sentences.SENTENCES",
]

FRAME_STAMP = "luoshi.site.frame.stamp"
"""What tells the state of the frame around every page: pages drawn before are given again by it."""
GUARD_OF_ASKS = "luoshi.notices.asking.check_asks"
NOTICE_TOPICS = ["luoshi.ledger.notices.TOPIC", "luoshi.exchange.notices.TOPIC"]
FURTHER_WORK = ["luoshi.exchange.commands.post_entries"]
"""What the worker of notices does besides: each takes ``at`` and ``lease``, tells how much."""
NOTICE_CHANNELS = channels(os.environ, HOME)
_MAIL = mail(os.environ.get("LUOSHI_MAIL"))
EMAIL_HOST, EMAIL_PORT = _MAIL.host, _MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
EMAIL_USE_SSL, EMAIL_USE_TLS = _MAIL.is_ssl, _MAIL.is_tls
DEFAULT_FROM_EMAIL = _MAIL.sender
EMAIL_TIMEOUT = 10

# Production serving (ADR 0013). A request that finds the bound of its kind reached is sent away.
GATE: dict[str, tuple[float, ...]] = {
    # how many wait in a process, how many seconds each in a rush, where it does not end
    "write": (128, 30.0),
    "read": (int(os.environ.get("LUOSHI_MOST_WAITING", "128")), 8.0, 2.0),
    "enter": (64, 30.0),
}
COME_BACK_AFTER = (3, 9)  # seconds; each is told another moment between them
SLOW_FILE = HOME / "slow.jsonl"
SLOW_SECONDS = float(os.environ.get("LUOSHI_SLOW_SECONDS", "0.5"))
METRICS_TOKEN = os.environ.get("LUOSHI_METRICS_TOKEN", "")
DELIVERS_HERE = os.environ.get("LUOSHI_DELIVER") != "no"
WORKER_ALIVE = HOME / "deliver.alive"  # touched by the delivering worker at each look
WORKER_MOST_SILENT = 600  # seconds: as long as a batch lasts whose channel does not answer
NOTICE_MOST_WAITING = 600  # seconds, where the worker runs on another machine
LEAST_FREE_BYTES = 512 * 1024 * 1024
CLOCK_MOST_BEHIND = 60  # seconds behind what was recorded last

_LEVEL = os.environ.get("LUOSHI_LOG", "WARNING")
LOGGING = for_people(level=_LEVEL)
if IS_PRODUCTION:
    LOGGING = for_programs(level=_LEVEL, file=os.environ.get("LUOSHI_LOG_FILE"))

# A home made by `luoshi demo` says so in a file of its own: only there, and only on loopback,
# sign-in by post is open.
DEMO_MARK = HOME / "demo.json"
IS_DEMO = DEMO_MARK.exists()
OPENING_DAY = opening_day(DEMO_MARK)

# Entries are posted outside only, but for the networks of the house that are opened here.
LOOPBACK = "127.0.0.0/8 ::1/128"
WEBHOOK_NETWORKS = os.environ.get("LUOSHI_WEBHOOK_NETWORKS", LOOPBACK if IS_DEMO else "")
