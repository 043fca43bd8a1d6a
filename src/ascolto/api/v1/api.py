"""The API as a whole: its resources, its errors, its description at `openapi.json`."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from ascolto.api.auth import Bearer
from ascolto.api.errors import draw_errors
from ascolto.api.v1 import (
    alerts,
    articles,
    beginning,
    board_deeds,
    boards,
    bulk,
    cases,
    channels,
    customers,
    deeds,
    exchange,
    heard,
    insight,
    kept,
    levelling,
    likenesses,
    messages,
    monitors,
    moving,
    organising,
    promises,
    quarantine,
    readings,
    records,
    sources,
    speaking,
    staff,
    talking,
    vocabulary,
    voices,
    webhooks,
)
from ascolto.api.v1.examples import with_examples


class DescribedApi(NinjaAPI):
    """An API whose description shows what it says."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        return with_examples(super().get_openapi_schema(**options))  # type: ignore[return-value] # a dict


api = DescribedApi(
    title="Ascolto",
    version="1.0.0",
    description=(
        "Everything the desk can do, through the same services. Errors are "
        '`{"error": code, "sentence": text}`. A POST with an `Idempotency-Key` is done once: sent '
        "again within 24 hours it is answered the same. A token may ask 100 times a second."
    ),
    urls_namespace="api:v1",  # `api.urls` is included as "api"
    docs_url=None,
    auth=Bearer(),
)
draw_errors(api)
api.add_router("/cases", cases.router)
api.add_router("/cases", deeds.router)
for router in (organising.router, talking.router, promises.router, moving.router):
    api.add_router("/cases", router)
api.add_router("/cases", beginning.router)
api.add_router("/cases", readings.router)
api.add_router("/messages", messages.router)
api.add_router("/customers", customers.router)
api.add_router("/customers", records.router)
api.add_router("/customers", beginning.letters)
api.add_router("/channels", channels.router)
api.add_router("/quarantine", quarantine.router)
for module in (heard, speaking, boards, board_deeds, monitors, alerts, sources):
    api.add_router("", module.router)
for module in (bulk, levelling, likenesses, staff, vocabulary, kept, voices, webhooks, exchange):
    api.add_router("", module.router)
api.add_router("", articles.router)
api.add_router("", insight.router)
api.add_router("", moving.moves)
