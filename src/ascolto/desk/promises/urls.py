"""Addresses of promises and clocks."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
