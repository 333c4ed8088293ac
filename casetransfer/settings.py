"""Settings, from the environment only. With nothing set: a safe site for this machine alone, on private servers."""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from casetransfer import logs, servers

BASE_DIR = Path(__file__).resolve().parent.parent
PRIVATE_DIR = servers.PRIVATE
env = environ.Env()


def needed(name: str) -> str:
    """A variable that a production site cannot do without."""
    if not env.str(name, ""):
        raise ImproperlyConfigured(f"{name} is not set. Set it in the environment; docker-compose.yml shows each one.")
    return env.str(name)


PRODUCTION = env.bool("PRODUCTION", False)
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = needed("SECRET_KEY") if PRODUCTION else servers.own_secret_key()
ALLOWED_HOSTS = ["localhost", *(needed("ALLOWED_HOSTS").split(",") if PRODUCTION else ["127.0.0.1"])]
SITE_URL = needed("SITE_URL") if PRODUCTION else env.str("SITE_URL", "http://127.0.0.1:8000")

ADDRESSES = {name: needed(name) for name in servers.SERVERS} if PRODUCTION else servers.addresses()
REDIS_URL = ADDRESSES["REDIS_URL"]
DATABASES = {
    "default": env.db_url_config(ADDRESSES["DATABASE_URL"])
    | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

INSTALLED_APPS = [
    "casetransfer",
    "teams",
    "cases",
    "transfers",
    "closures",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_fsm",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "axes",
    "csp",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # it hides the true length, and every form's secret is masked anew
    "casetransfer.logs.RequestLog",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "teams.sessions.SessionLimits",
    "django_otp.middleware.OTPMiddleware",
    "teams.sessions.SecondFactorWanted",
    "teams.sessions.SignInWanted",
    "teams.requests.RolesReadOnce",
    "django.contrib.messages.middleware.MessageMiddleware",
    "teams.auditing.Audit",
    "teams.limits.NoNothing",
    "teams.limits.SearchLimit",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "casetransfer.urls"
WSGI_APPLICATION = "casetransfer.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "environment": "casetransfer.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "casetransfer.navigation.for_page",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# People and sign-in
AUTH_USER_MODEL = "teams.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("name", "email")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]  # fmt: skip
LOGIN_URL = "teams:sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "teams:sign_in"
SESSION_IDLE_LIMIT = timedelta(minutes=20)
SESSION_WHOLE_LIMIT = timedelta(hours=12)
SESSION_COOKIE_AGE = int(SESSION_WHOLE_LIMIT.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "casetransfer.errors.form_out_of_date"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "username"  # the form's name for it; without this only the address would be counted
AXES_SENSITIVE_PARAMETERS = ["code"]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "casetransfer.errors.locked_out"
# The council's directory (OpenID Connect), where there is one; the local accounts stay for when it does not answer
OIDC_RP_CLIENT_ID = env.str("OIDC_CLIENT_ID", "")
OIDC_RP_CLIENT_SECRET = needed("OIDC_CLIENT_SECRET") if OIDC_RP_CLIENT_ID else ""
OIDC_ISSUER = needed("OIDC_ISSUER") if OIDC_RP_CLIENT_ID else ""  # {tenant} stands for the tenant's number
OIDC_OP_AUTHORIZATION_ENDPOINT = needed("OIDC_AUTHORIZATION_ENDPOINT") if OIDC_RP_CLIENT_ID else ""
OIDC_OP_TOKEN_ENDPOINT = needed("OIDC_TOKEN_ENDPOINT") if OIDC_RP_CLIENT_ID else ""
OIDC_OP_JWKS_ENDPOINT = needed("OIDC_JWKS_ENDPOINT") if OIDC_RP_CLIENT_ID else ""
OIDC_OP_USER_ENDPOINT = ""  # the token says all that is asked
OIDC_RP_SIGN_ALGO, OIDC_RP_SCOPES = "RS256", "openid"
OIDC_USE_PKCE, OIDC_CREATE_USER, OIDC_TIMEOUT = True, False, 10
OIDC_AUTHENTICATION_CALLBACK_URL = "teams:from_directory"
LOGIN_REDIRECT_URL_FAILURE = "/sign-in/"
if OIDC_RP_CLIENT_ID:
    AUTHENTICATION_BACKENDS.append("teams.oidc.DirectoryBackend")
SEARCHES_A_MINUTE = env.int("SEARCHES_A_MINUTE", 120)
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", False)

# Transport and browser
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    CSRF_TRUSTED_ORIGINS = [SITE_URL]
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF],
        "font-src": [NONE],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "microphone", "geolocation", "payment", "usb", "display-capture", "fullscreen")
}

# Every schedule at once, every so many seconds; 0 leaves each its own
CLOCK_SECONDS = env.int("CLOCK_SECONDS", 0)

# Words, times, files
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MANIFEST_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": MANIFEST_STORAGE if PRODUCTION else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION
MEDIA_ROOT = PRIVATE_DIR / "media"

# E-mail: by GOV.UK Notify, by a mail server, or kept to be looked at
NOTIFY_API_KEY, NOTIFY_TEMPLATE = env.str("NOTIFY_API_KEY", ""), env.str("NOTIFY_TEMPLATE", "")
NOTIFY_URL = env.str("NOTIFY_URL", "https://api.notifications.service.gov.uk")
if NOTIFY_API_KEY:
    EMAIL_BACKEND = "cases.notify.NotifyBackend"
elif env.str("EMAIL_URL", ""):
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = env.str("EMAIL_BACKEND", "cases.outbox.MailboxBackend")
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", 20)
DEFAULT_FROM_EMAIL = needed("DEFAULT_FROM_EMAIL") if PRODUCTION else "case-transfer@example.org"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# When nobody is disturbed ("20:00-07:00"), and when in the day what can wait goes out together ("08:00"); or never
QUIET_HOURS, DIGEST_AT = env.str("QUIET_HOURS", ""), env.str("DIGEST_AT", "")

LOGGING = logs.configuration(level=env.str("LOG_LEVEL", "INFO"), as_json=PRODUCTION)
# Whether browsers know a domain's rule beforehand (preload) is for the council to say, for its whole domain
SILENCED_SYSTEM_CHECKS = ["security.W021"]
