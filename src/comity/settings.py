# SPDX-License-Identifier: Apache-2.0
"""Django's settings of one node, drawn from the `node.toml` under `COMITY_HOME`.

Without `COMITY_HOME` (type checks, tests, migrations being written) the node is nobody and the store is
`COMITY_DATABASE_URL`, or SQLite in memory. Cookies, origins and the RP ID all follow from the node's one web address.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url

from comity.protocol.terms.languages import LANGUAGES as ALL_LANGUAGES
from comity.protocol.wire.names import AuthorityId
from comity.records.config import NodeConfig, read

_home = os.environ.get("COMITY_HOME")
NODE = (
    read(Path(_home))
    if _home
    else NodeConfig(
        home=Path.cwd(),
        authority=AuthorityId("XX/nobody"),
        name="Nobody",
        country="XX",
        database=os.environ.get("COMITY_DATABASE_URL", "sqlite://:memory:"),
    )
)

_SQLITE = {
    # A writer takes the lock at BEGIN: two transactions that both read first could otherwise deadlock.
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    # The log is written back at 32 MiB, not at 4: the indexes by digest touch other pages with every message, and many
    # of them are touched again before.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=8000",
}


def database(url: str, home: Path) -> dict[str, Any]:
    """Django's settings of the store at `url`; a relative SQLite path lies under `home`."""
    settings: dict[str, Any] = dict(dj_database_url.parse(url))
    if settings["ENGINE"].endswith("sqlite3"):
        if settings["NAME"] and settings["NAME"] != ":memory:":
            settings["NAME"] = str(home / settings["NAME"])
        settings["OPTIONS"] = dict(_SQLITE)
    settings["CONN_MAX_AGE"] = None
    settings["CONN_HEALTH_CHECKS"] = True
    return settings


def _secret(home: Path) -> str:
    path = home / "keys" / "session"
    return (
        path.read_text(encoding="ascii").strip()
        if path.exists()
        else "no node is running, so nothing is signed with this"
    )


_web = urlsplit(NODE.web)
SECRET_KEY = _secret(NODE.home)
DEBUG = False
ALLOWED_HOSTS = [_web.hostname or "localhost", "127.0.0.1", *filter(None, [urlsplit(NODE.endpoint).hostname])]
CSRF_TRUSTED_ORIGINS = [NODE.origin]
ROOT_URLCONF = os.environ.get("COMITY_URLS", "comity.interfaces.urls")
DATABASES = {"default": database(NODE.database, NODE.home)}
DATABASE_ROUTERS = ["comity.records.database.HomeRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Officer"
# Not Django's own, which lets a password alone in.
AUTHENTICATION_BACKENDS = [f"comity.records.accounts.backend.{each}" for each in ("PasskeyBackend", "PasswordBackend")]
USE_TZ = True
TIME_ZONE = "UTC"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "comity.records.register",
    "comity.records.authorities",
    "comity.records.accounts",
    "comity.records.threads",
    "comity.records.casefiles",
    "comity.records.exhibits",
    "comity.cooperation.drafting",
    "comity.cooperation.dispatch",
    "comity.cooperation.reception",
    "comity.cooperation.execution",
    "comity.interfaces.web",
]

MIDDLEWARE = [
    "comity.interfaces.body_limit.BodyLimit",
    "comity.interfaces.request_home.RequestHome",
    "comity.interfaces.web.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "comity.interfaces.federation.door.PeersDoor",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "comity.interfaces.web.problems.Problems",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "comity.interfaces.web.context.node",
            ],
        },
    },
]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("pseudonym", "name")},
    },
]
LOGIN_URL = "web:sign-in"

TRANSLATED = ("en", "zh-Hans", "es", "my")
LANGUAGES = [(each.code.lower(), each.own_name) for each in ALL_LANGUAGES if each.code in TRANSLATED]
LANGUAGE_CODE = "en"
LOCALE_PATHS = [Path(__file__).parent / "interfaces" / "web" / "locale"]
USE_I18N = True

STATIC_URL = "/static/"

SESSION_COOKIE_NAME = NODE.cookie
SESSION_COOKIE_AGE = 8 * 3600  # from the sign-in, however busy: see records.accounts.backend
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = _web.scheme == "https"
CSRF_COOKIE_NAME = NODE.cookie + "_csrf"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = _web.scheme == "https"
LANGUAGE_COOKIE_NAME = NODE.cookie + "_language"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "comity.interfaces.web.problems.forbidden"
DATA_UPLOAD_MAX_MEMORY_SIZE = 33 << 20  # one envelope, and a little; pages take less, see interfaces.body_limit
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]  # nothing waits on the disk

LOGGING_CONFIG = None  # comity.node sets up structured logs; nothing else logs
