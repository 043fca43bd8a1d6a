"""Mastodon and servers that speak its language: what is said to us and of us, and our answers.

Written after the public documentation of its API, and not verified with a live server: none can be
installed from a package. The library there is for it keeps its own connections, which follow
redirects and reach private networks; these few calls go through the guarded fetcher instead.
"""
