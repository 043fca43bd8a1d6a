"""What a promise is, when it ends and when it is time to warn. Pure."""

from ascolto.promises.policy.clocks import Terms, ending_of, moved, warning_before

__all__ = ["Terms", "ending_of", "moved", "warning_before"]
