"""The model as a small file: one byte a weight, only the places that are used."""

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np

from ascolto.reading.model import Model

FINEST = 127  # steps to each side of zero
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file knows


def save(model: Model, path: Path) -> None:
    """Write what `model.unpacked` reads."""
    places = np.flatnonzero(model.rarity * np.abs(model.weights).max(axis=1))
    weights = model.weights[places]
    scales = np.abs(weights).max(axis=0) / FINEST
    heads = list(model.heads.values())
    arrays = {
        "weights": np.rint(weights / scales).astype(np.int8),
        "scales": scales.astype(np.float32),
        "places": places.astype(np.int32),
        "offsets": model.offsets,
        "rarity": model.rarity.astype(np.float16),
        "names": np.array([head.name for head in heads]),
        "firsts": np.array([head.first for head in heads]),
        "labels": np.array([" ".join(head.labels) for head in heads]),
        "version": np.array(model.version),
        "thresholds": np.array([head.threshold for head in heads]),
    }
    if model.second is not None:
        arrays["second"] = model.second
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:  # np.savez writes the hour into the file
        for name, array in arrays.items():
            held = BytesIO()
            np.save(held, array, allow_pickle=False)
            packed.writestr(ZipInfo(f"{name}.npy", EPOCH), held.getvalue(), ZIP_DEFLATED)
