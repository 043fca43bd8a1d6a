"""Addresses of the settings of the company."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
