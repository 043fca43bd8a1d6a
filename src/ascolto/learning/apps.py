from pathlib import Path

from django.apps import AppConfig
from django.conf import settings

from ascolto.reading.shelf import look_in


class LearningConfig(AppConfig):
    name = "ascolto.learning"
    label = "learning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        look_in(Path(settings.HOME) / "reading")
