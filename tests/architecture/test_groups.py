"""Tests that share a browser or a server say so by a group, and a group has one worker."""

import os

import pytest


@pytest.mark.xdist_group("kept together")
def test_the_tests_of_a_group_are_kept_together(request: pytest.FixtureRequest) -> None:
    """pytest-xdist hands a group to its scheduler by the name of each test, or not at all."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        assert request.node.nodeid.endswith("@kept together")
