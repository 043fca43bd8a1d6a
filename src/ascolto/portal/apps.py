from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "ascolto.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ascolto.portal.discretion import keep_keys_out_of_logs

        keep_keys_out_of_logs()
