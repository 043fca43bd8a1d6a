from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _nobody_hurries() -> Iterator[None]:
    """A shared machine may take longer to begin than a browser would wait."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ascolto.desk.stream.STARTS_WITHIN", 60.0)
        patch.setattr("ascolto.desk.stream.LOOKS_WITHIN", 60.0)
        yield
