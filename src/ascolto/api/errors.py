"""Every answer of the API that is not a yes: `{"error": code, "sentence": text}`."""

import logging
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

logger = logging.getLogger("ascolto.api")

SENTENCES = {
    400: ("bad_request", "The request cannot be read."),
    401: ("not_signed_in", "Send a valid token: Authorization: Bearer <token>."),
    403: ("not_allowed", "This token may not do that."),
    404: ("not_found", "There is nothing here that this token may see."),
    405: ("wrong_method", "This address does not know that method."),
    413: ("too_large", "The body is larger than this address takes."),
    429: ("too_many", "Too many requests; wait a little."),
    500: ("our_error", "Something broke on our side; it was written down."),
    503: ("try_again", "The database does not answer; try again soon."),
}


class ApiError(Exception):
    """A refusal: a status, a code for programs, a sentence for people."""

    def __init__(self, status: int, error: str = "", sentence: str = "", **headers: str) -> None:
        known = SENTENCES.get(status, ("refused", "Refused."))
        self.status, self.error = status, error or known[0]
        self.sentence = sentence or known[1]
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.more: dict[str, Any] = {}  # what else the body says
        super().__init__(self.sentence)


def drawn(problem: ApiError, **more: Any) -> JsonResponse:
    body = {"error": problem.error, "sentence": problem.sentence, **problem.more, **more}
    headers = {**problem.headers}
    if problem.status == 401:  # noqa: PLR2004 # Unauthorized
        headers["WWW-Authenticate"] = "Bearer"
    return JsonResponse(body, status=problem.status, headers=headers)


def as_problem(error: Exception) -> ApiError:
    """Which refusal an exception is; what is none of them is a bug of ours, and logged."""
    if isinstance(error, ApiError):
        return error
    if isinstance(error, Http404):
        return ApiError(404)
    if isinstance(error, RequestDataTooBig):
        return ApiError(413)
    if isinstance(error, (OperationalError, InterfaceError)):
        logger.warning("the database did not answer: %s", error)
        return ApiError(503, Retry_After="5")
    if isinstance(error, (BadRequest, HttpError)):
        return ApiError(getattr(error, "status_code", 400))
    logger.error("the API failed", exc_info=error)
    return ApiError(500)


def draw_errors(api: NinjaAPI) -> None:
    """Have every error of `api` drawn in one shape."""

    def broken(request: HttpRequest, error: Any) -> HttpResponse:
        return drawn(as_problem(error))

    def invalid(request: HttpRequest, error: Any) -> HttpResponse:
        fields = [
            {"where": ".".join(str(part) for part in one["loc"]), "what": one["msg"]}
            for one in error.errors
        ]
        sentence = "; ".join(f"{field['where']}: {field['what']}" for field in fields[:3])
        return drawn(ApiError(422, "invalid", sentence or "Invalid."), fields=fields)

    def unknown(request: HttpRequest, error: Any) -> HttpResponse:
        return drawn(ApiError(401))

    api.add_exception_handler(Exception, broken)
    api.add_exception_handler(ApiError, broken)
    api.add_exception_handler(Http404, broken)
    api.add_exception_handler(HttpError, broken)
    api.add_exception_handler(AuthenticationError, unknown)
    api.add_exception_handler(ValidationError, invalid)


def in_one_shape(response: HttpResponseBase) -> HttpResponseBase:
    """An error that the framework drew by itself (405, say), in our shape."""
    is_json = response.headers.get("Content-Type", "").startswith("application/json")
    if response.status_code < 400 or is_json:  # noqa: PLR2004 # no error
        return response
    problem = ApiError(response.status_code)
    allowed = response.headers.get("Allow")
    if allowed:
        problem.headers["Allow"] = allowed
    return drawn(problem)
