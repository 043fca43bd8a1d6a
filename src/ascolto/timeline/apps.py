from django.apps import AppConfig


class TimelineConfig(AppConfig):
    name = "ascolto.timeline"
    label = "timeline"
    default_auto_field = "django.db.models.BigAutoField"
