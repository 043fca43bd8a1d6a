from django.apps import AppConfig


class PressureConfig(AppConfig):
    name = "ascolto.pressure"
    label = "pressure"
    default_auto_field = "django.db.models.BigAutoField"
