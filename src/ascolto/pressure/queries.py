from ascolto.pressure.models import Unreachable


def unreachable_since(identity_id: int) -> Unreachable | None:
    """Why and since when mail to this identity is known to come back, or None."""
    return Unreachable.objects.filter(identity=identity_id, reached_again_at=None).first()
