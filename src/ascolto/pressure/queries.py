from collections.abc import Collection

from ascolto.pressure.models import Unreachable


def unreachable_among(identity_ids: Collection[int]) -> frozenset[int]:
    """Those of these identities to which mail is known to come back."""
    dead = Unreachable.objects.filter(identity__in=identity_ids, reached_again_at=None)
    return frozenset(dead.values_list("identity_id", flat=True))
