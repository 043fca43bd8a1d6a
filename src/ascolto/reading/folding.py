"""Words as the rules and the model know them."""

import unicodedata


def fold(text: str) -> str:
    """Lower case, no accents, plain apostrophes."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
