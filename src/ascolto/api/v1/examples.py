"""An example for whatever the API takes and gives: made from its description, field by field."""

from typing import Any

WORDS: dict[str, Any] = {
    "absorbed": 8, "about": "Fibra dal 2019", "added": [], "address": "assistenza@example.org",
    "author": "Elena Sala", "base64": "bm9tZSxlbWFpbApHaXVsaWEsZ2l1bGlhQGV4YW1wbGUub3JnCg==",
    "case": "C-12", "cc": ["marta@example.org"], "channel": "EMAIL", "conversation": 31,
    "customer": 7, "customer_name": "Giulia Ferraris", "error": "not_found", "id": 12, "into": 7,
    "items": None, "key": "impianto", "language": "it", "name": "Giulia Ferraris", "next": None,
    "identity": None, "message": 311, "number": "C-12", "query": "etichetta=fibra",
    "reason": "Tocca a loro.", "sentence": "There is nothing here that this token may see.",
    "size": 18230, "subject": "Fibra giù", "team_name": "Assistenza", "title": "Impianto",
    "text": "Il router è partito oggi, arriva giovedì.", "to": "tecnico@example.org",
    "type": "image/png", "url": "https://erp.example.org/ascolto", "value": "giulia@example.org",
    "words": "La richiamo entro le 18", "where": "telefono",
    "assignee_name": "Elena Sala", "tags": ["fibra"], "add_tags": ["fibra"], "remove_tags": [],
    "fields": {"impianto": "TO-114"}, "role": "AGENT", "total_is_more": False, "total": 1,
    "q": "fibra", "ignored_columns": [], "kinds": ["cases.*"], "choices": [], "external_id": "a1",
    "priority": 1, "seen": 310, "near": [["fibra", "guasto", 5]], "any": ["alba telefonia"],
    "all": [], "none": ["concorso"], "languages": ["it"], "not_authors": [], "sources": [],
    "handle": "@giulia.example", "channel_name": "Bluesky", "why": "Stesso guasto",
    "weekday": 0, "begins": 540, "ends": 780,
}  # fmt: skip
MOMENT = "2026-03-04T11:00:10Z"


def with_examples(description: dict[str, Any]) -> dict[str, Any]:
    """The description of the API, with an example wherever JSON goes in or comes out."""
    shapes = description.get("components", {}).get("schemas", {})
    for operations in description["paths"].values():
        for operation in operations.values():
            bodies = [operation.get("requestBody", {}), *operation.get("responses", {}).values()]
            for body in bodies:
                for media, content in body.get("content", {}).items():
                    if media == "application/json" and "schema" in content:
                        content["example"] = example_of(content["schema"], shapes)
                    elif media == "text/csv":
                        content["example"] = "name,email\r\nGiulia Ferraris,giulia@example.org\r\n"
    return description


def example_of(shape: dict[str, Any], shapes: dict[str, Any], name: str = "") -> Any:
    """A value of this shape; `name` is that of the field it stands in."""
    several = shape.get("anyOf") or shape.get("allOf")
    if several or "$ref" in shape:
        inner = several[0] if several else shapes[shape["$ref"].rpartition("/")[2]]
        return example_of(inner, shapes, name)
    known = WORDS.get(name)
    if "enum" in shape:
        return shape["enum"][0]
    if shape.get("type") == "object" and "properties" in shape:
        return {field: example_of(of, shapes, field) for field, of in shape["properties"].items()}
    if shape.get("type") == "array" and not isinstance(known, list):
        return [example_of(shape["items"], shapes, name)]
    return _plain(shape, known, name)


def _plain(shape: dict[str, Any], known: Any, name: str) -> Any:
    usual: dict[Any, Any] = {
        "integer": 12, "number": 1.5, "boolean": False, "string": name or "testo", "object": {},
        "array": [],
    }  # fmt: skip
    dates = {"date-time": MOMENT, "date": MOMENT[:10]}
    if shape.get("format") in dates:
        return dates[shape["format"]]
    if "const" in shape:
        return shape["const"]
    kind = shape.get("type")
    return known if known is not None and type(known) is type(usual.get(kind)) else usual.get(kind)
