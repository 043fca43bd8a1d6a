"""The company's colour on the customers' pages, as a small stylesheet of our own address."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ascolto.portal.colour import palette
from ascolto.staff.queries import company

RULES = """@layer tokens {{
  .portal {{
    --accent: light-dark({0.accent}, {1.accent});
    --accent-hover: light-dark({0.hover}, {1.hover});
    --accent-weak: light-dark({0.weak}, {1.weak});
    --accent-on: light-dark({0.ink}, {1.ink});
    --said-bg: light-dark({0.weak}, {1.weak});
  }}
}}
"""


@require_safe
def colours(request: HttpRequest) -> HttpResponse:
    """The address names the colour, so that a browser may keep this and still see a new one."""
    light, dark = palette(company().colour)
    response = HttpResponse(RULES.format(light, dark), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "max-age=86400"
    return response
