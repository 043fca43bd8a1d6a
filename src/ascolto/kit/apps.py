from django.apps import AppConfig
from django.conf import settings

from ascolto.kit import keyring


class KitConfig(AppConfig):
    name = "ascolto.kit"
    label = "kit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        keyring.install(settings.ASCOLTO_SECRET, *getattr(settings, "ASCOLTO_OLD_SECRETS", ()))
