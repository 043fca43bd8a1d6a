"""Addresses of sessions, tokens and webhooks."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
