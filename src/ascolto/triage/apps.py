from django.apps import AppConfig


class TriageConfig(AppConfig):
    name = "ascolto.triage"
    label = "triage"
