"""Settings of the tests: the product's own, on a database of their own, with fast hashes."""

import os
import tempfile
from pathlib import Path

from tests.database import dsn

# A home for each worker: they must not find each other's keys and passwords.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
os.environ["ASCOLTO_HOME"] = str(
    Path(tempfile.gettempdir()) / f"ascolto-tests-{os.getuid()}" / f"home-{_worker}"
)
os.environ["DATABASE_URL"] = dsn()
os.environ.setdefault("ASCOLTO_LOG", "WARNING")

from ascolto.config.settings import *  # noqa: E402, F403 # whole, and after its environment

DATABASES["default"]["OPTIONS"].pop("pool", None)  # noqa: F405 # from the line above
# A name for each run: two of them at the same time must not meet.
DATABASES["default"]["TEST"] = {"NAME": f"test_{os.getpid()}"}  # noqa: F405 # as above
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Files from where they are written: a fresh clone has no folder of collected ones to warn about.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
