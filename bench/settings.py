"""The product's settings, for figures: pages without collected files, one plain connection."""

from ascolto.config.settings import *  # noqa: F403 # settings are made to be taken over whole

DATABASES["default"]["OPTIONS"].pop("pool", None)  # noqa: F405 # from the line above
ALLOWED_HOSTS += ["testserver"]  # noqa: F405 # as above
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ROOT_URLCONF = "bench.urls"
