"""What its author deleted is not quoted any longer."""

from ascolto.alerts.models import Alert


def forget_words(subject: str) -> None:
    """Empty the quotations of what was alerted about it. That it was alerted stays."""
    Alert.objects.filter(subject=subject).update(words="", why=[])


def quote(subject: str, words: str) -> None:
    """Quote these words instead, in what was alerted about it."""
    Alert.objects.filter(subject=subject).update(words=words)
