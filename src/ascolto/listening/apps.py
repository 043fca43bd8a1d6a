from django.apps import AppConfig


class ListeningConfig(AppConfig):
    name = "ascolto.listening"
    label = "listening"
