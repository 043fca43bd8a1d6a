"""The lane of the webhooks: raw ASGI, signed, durable before the answer, in micro-batches."""

from ascolto.api.intake.lane import IntakeLane

__all__ = ["IntakeLane"]
