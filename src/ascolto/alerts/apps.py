from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "ascolto.alerts"
    label = "alerts"
