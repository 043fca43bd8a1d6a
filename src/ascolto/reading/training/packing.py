"""The model as a small file: one byte a weight, only the places that are used."""

from pathlib import Path

import numpy as np

from ascolto.reading.model import Model

FINEST = 127  # steps to each side of zero


def save(model: Model, path: Path) -> None:
    """Write what `model.unpacked` reads."""
    places = np.flatnonzero(model.rarity * np.abs(model.weights).max(axis=1))
    weights = model.weights[places]
    scales = np.abs(weights).max(axis=0) / FINEST
    heads = list(model.heads.values())
    np.savez_compressed(
        path,
        weights=np.rint(weights / scales).astype(np.int8),
        scales=scales.astype(np.float32),
        places=places.astype(np.int32),
        offsets=model.offsets,
        rarity=model.rarity.astype(np.float16),
        names=np.array([head.name for head in heads]),
        firsts=np.array([head.first for head in heads]),
        labels=np.array([" ".join(head.labels) for head in heads]),
        thresholds=np.array([head.threshold for head in heads]),
    )
