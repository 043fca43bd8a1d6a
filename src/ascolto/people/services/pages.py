"""Where a handle can be looked at, as its network says."""

from collections.abc import Iterable

from ascolto.people.models import Identity

LONGEST = 500
WEB = ("https://", "http://")


def note_pages(pages: Iterable[tuple[Identity, str]]) -> int:
    """Write down the page of each handle; how many were not known. No query if none is new.

    The address is told by others and becomes a link: what is no address of the web is left out.
    """
    new: dict[int, Identity] = {}
    for identity, page in pages:
        is_page = page.lower().startswith(WEB) and len(page) <= LONGEST
        if identity.kind == Identity.Kind.HANDLE and is_page and identity.profile != page:
            identity.profile = page
            new[identity.pk] = identity
    if new:
        Identity.objects.bulk_update([new[pk] for pk in sorted(new)], ["profile"])
    return len(new)
