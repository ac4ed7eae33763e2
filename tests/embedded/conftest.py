from pathlib import Path

import pytest

from lukou_market.embedded.var_dir import VarDir


@pytest.fixture
def var(tmp_path: Path) -> VarDir:
    return VarDir(tmp_path / "var")
