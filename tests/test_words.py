"""Words live in Turtle and seeds/: the code holds numerals, punctuation and date units only."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.resources import PACKAGE

# Numerals, units of time (with 份 and 天), 丨 as a bar, and the first and last characters of the ranges of Chinese characters.
ALLOWED = set("〇零○一二三四五六七八九十百千万亿两廿年月日第号时点分秒周旬季度份天丨\u3400\u4dbf\u9fff")
CHINESE = re.compile(r"[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
MODULES = sorted(PACKAGE.rglob("*.py"))


def chinese_literals(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of each string with Chinese words. A string that stands as a statement is a docstring."""
    tree = ast.parse(source)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes) and id(node) not in docstrings:
            text = node.value if isinstance(node.value, str) else node.value.decode("utf-8", "replace")
            if set(CHINESE.findall(text)) - ALLOWED:
                yield node.lineno, text


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_chinese_words_in_the_code(module: Path) -> None:
    found = [f"{module.relative_to(PACKAGE.parent)}:{line}: {text}" for line, text in chinese_literals(module.read_text(encoding="utf-8"))]
    assert not found, "these words belong into ontology/ or seeds/:\n" + "\n".join(found)


def test_every_module_is_looked_at() -> None:
    assert len(MODULES) >= 25
    assert {"cli.py", "layout.py", "text.py", "comparison.py"} <= {path.name for path in MODULES}


@pytest.mark.parametrize("source", ['x = "书记"', 'x = f"{y}市委"', 'f(b"\\xe5\\x8e\\xbf")', 'x = {"主持": 1}', 'x = "\\u5e02"'])
def test_a_word_is_found(source: str) -> None:
    assert list(chinese_literals(source))


@pytest.mark.parametrize(
    "source", ['"""书记"""', 'x = "年月日第"', 'x = "，。《》"', 'x = "[\\u4e00-\\u9fff]"', "# 书记", 'def f():\n    """市委"""']
)
def test_what_may_stand_in_code(source: str) -> None:
    assert not list(chinese_literals(source))
