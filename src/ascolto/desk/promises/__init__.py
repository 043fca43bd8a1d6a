"""Promises and clocks at the desk."""

from ascolto.desk.promises.making import made_with

__all__ = ["made_with"]
