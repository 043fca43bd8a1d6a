"""Which addresses on the network are the public internet's, and which are somebody's own."""

import ipaddress
import re

# Of IPv6 only 2000::/3 is given out; in it, these carry an IPv4 address inside or are for books.
PUBLIC_V6 = ipaddress.IPv6Network("2000::/3")
NOT_PUBLIC_V6 = tuple(
    ipaddress.IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)
NAME = re.compile(r"[a-z0-9._-]+", re.IGNORECASE)
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.IGNORECASE)


def is_public(address: str) -> bool:
    """Whether the address may be reached on behalf of a stranger. False for what is no address."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        inside = ip in PUBLIC_V6 and not any(ip in network for network in NOT_PUBLIC_V6)
        return inside and ip.is_global
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def is_host(host: str) -> bool:
    """Whether it is an address, or a name in ASCII, that means the same to us and to the resolver.

    An IPv4 address in another spelling (2130706433, 0177.1, 0x7f.1) is none: the system's resolver
    understands these, people and allow-lists do not.
    """
    try:
        ipaddress.ip_address(host)
    except ValueError:
        last = host.rstrip(".").rpartition(".")[2]
        return NAME.fullmatch(host) is not None and NUMBER.fullmatch(last) is None
    return True
