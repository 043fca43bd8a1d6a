"""Settings of the processes under an end-to-end test: the product's, with plain static files."""

from pathlib import Path

from ascolto.config.settings import *  # noqa: F403 # settings are made to be taken over whole

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Looked for once, when a process begins, and kept by the browser for a minute: a page has two dozen
# of them, and to look for each at every page took longer than the page.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # noqa: F405 # without it there is a warning
