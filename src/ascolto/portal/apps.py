from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "ascolto.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"
