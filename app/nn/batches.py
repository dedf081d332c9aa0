"""Which examples an update uses: a function of the spec and the step number, nothing else.

An epoch is every example once; its last batch may be short. With `shuffle`, epoch e is
permuted by the stream (seed, e), so that the batch of any step can be found again.
"""

from __future__ import annotations

import numpy as np

from app.nn.arrays import Ints
from app.nn.compilable import compilable
from app.nn.randomness import SHUFFLE, Stream
from app.nn.spec import NetworkSpec


@compilable
def span(step: int, n_examples: int, size: int) -> tuple[int, int, int]:
    """(epoch, start, stop) of the batch that update step+1 uses: places in the epoch's order."""
    per_epoch = (n_examples + size - 1) // size
    start = step % per_epoch * size
    return step // per_epoch, start, min(start + size, n_examples)


@compilable
def following(epoch: int, stop: int, n_examples: int, size: int) -> tuple[int, int, int]:
    """The span after one that ended at `stop`, without a division."""
    if stop >= n_examples:
        return epoch + 1, 0, min(size, n_examples)
    return epoch, stop, min(stop + size, n_examples)


def size(spec: NetworkSpec, n_examples: int) -> int:
    """The number of examples in a full batch."""
    return n_examples if spec.batch.size is None else min(spec.batch.size, n_examples)


def epoch(spec: NetworkSpec, n_examples: int, step: int) -> int:
    """The epoch, from 0, that update step+1 belongs to."""
    return span(step, n_examples, size(spec, n_examples))[0]


def orders(spec: NetworkSpec, n_examples: int, first: int, last: int) -> Ints:
    """(epochs first..last, n_examples): each one's order of the examples; unshuffled, one row."""
    if not spec.batch.shuffle:
        return np.arange(n_examples)[None, :]
    epochs = range(first, last + 1)
    return np.stack([Stream(spec.seed, SHUFFLE, e).permutation(n_examples) for e in epochs])


def rows(spec: NetworkSpec, n_examples: int, step: int) -> Ints:
    """The data indices of the batch that update step+1 uses, in the order of their sums."""
    now, start, stop = span(step, n_examples, size(spec, n_examples))
    return orders(spec, n_examples, now, now)[0, start:stop]
