"""The garbage collector rests as long as any thread works on a batch."""

import gc

import pytest

from lukou_market.kernel.garbage import no_collection


def test_it_collects_again_when_the_last_is_done() -> None:
    with no_collection():
        with no_collection():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_collects_again_after_an_error() -> None:
    with pytest.raises(ValueError, match="no"), no_collection():
        raise ValueError("no")
    assert gc.isenabled()
