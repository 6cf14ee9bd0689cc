"""A server under fire: mixed requests by 32 clients, a tenth of them malformed, endless or hostile (benchmarks/hostile.py says which)."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from conftest import ROOT

REQUESTS, CLIENTS = 280, 32


@pytest.fixture(scope="module")
def hostile() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hostile", ROOT / "benchmarks" / "hostile.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["hostile"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of processes is read from /proc")
def test_every_request_is_answered_and_none_wrongly(hostile: ModuleType, tmp_path: Path) -> None:
    store = hostile.build(tmp_path)
    found = hostile.run(store, requests=REQUESTS, clients=CLIENTS, timeout=4.0, patience=2.0, workers=3)
    assert found["requests"] == REQUESTS
    assert found["ill-meant"] == REQUESTS // 10
    assert found["wrong ones"] == []
    assert found["well-meant, but stopped by the time limit"] <= 2
    assert found["not answered"] == 0
    assert found["server alive"]
    assert found["processes at the end"] == 3
    assert found["errors"] == []
    assert found["memory, MB"]["peak"] < 3000
    assert {asked.kind for asked in hostile.ill_meant(4.0)} <= set(found["by kind"])


def test_a_script_that_would_run_is_seen(hostile: ModuleType) -> None:
    """The look-out itself can fail."""
    for page in (
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href=" javascript:alert(1)">x</a>',
        "<script src=//a.b/></script>",
    ):
        assert hostile.scripts(page.encode()), page
    calm = '<script src="/static/app.js"></script><script type="application/ld+json">{}</script><input value="javascript:x">&lt;script&gt;'
    assert hostile.scripts(calm.encode()) == []
