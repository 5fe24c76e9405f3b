"""Print how the code measures up to its budgets and goals: `make metrics`. A report, which fails for nothing.

A new figure is a function that takes the modules and yields lines, named in SECTIONS.
"""

import ast
import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

PYTHON_MAX_LINES = 21_485
# Names that Django or Python wants in each module of a kind, and the logger of a module.
NAMES_BY_CONVENTION = {"Command", "app_name", "handler404", "handler500", "log", "register", "urlpatterns"}
# File names that Django looks for, or that every package of a kind has.
FILES_BY_CONVENTION = {"__init__", "admin", "apps", "forms", "models", "urls", "views"}
TOTALITY = "tests/claim_kinds/test_totality.py"

Function = ast.FunctionDef | ast.AsyncFunctionDef
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Module:
    root: Path
    path: Path
    name: str
    tree: ast.Module
    lines: int

    @property
    def functions(self) -> list[Function]:
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]

    def definitions(self) -> Iterator[tuple[str, ast.expr | None]]:
        """Yield the names that the module itself defines at its top level, with the value of each that has one."""
        for node in self.tree.body:
            if isinstance(node, Function | ast.ClassDef):
                yield node.name, None
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                names = [part for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)]
                yield from ((part.id, node.value) for part in names if isinstance(part.ctx, ast.Store))

    def imports(self) -> Iterator[tuple[str, str, str]]:
        """Yield (name here, module, name there); the last is empty where the name is a module."""
        package = self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((alias.asname or alias.name, alias.name, "") for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                parts = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
                source = ".".join([*parts, *([node.module] if node.module else [])])
                yield from ((alias.asname or alias.name, source, alias.name) for alias in node.names)


def read(root: Path) -> list[Module]:
    """Return the modules that git knows, without tests and migrations."""
    listed = subprocess.run(["git", "ls-files", "*.py"], cwd=root, capture_output=True, text=True, check=True)
    modules = []
    for path in map(Path, listed.stdout.splitlines()):
        if path.parts[0] != "tests" and "migrations" not in path.parts and (root / path).is_file():
            text = (root / path).read_text(encoding="utf-8")
            name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
            modules.append(Module(root, path, name, ast.parse(text), len(text.splitlines())))
    return modules


def in_packages(modules: list[Module]) -> list[Module]:
    """Return the modules of the packages: neither manage.py nor programs that readers download."""
    packages = {module.path.parts[0] for module in modules if module.path.name == "__init__.py"}
    return [module for module in modules if module.path.parts[0] in packages]


def share(part: int, total: int) -> str:
    return f"{part} of {total} ({100 * part / total if total else 0:.1f} %)"


def listed(groups: dict[str, set[str]]) -> Iterator[str]:
    yield from (f"    {name}: {', '.join(sorted(groups[name]))}" for name in sorted(groups))


def shared_names(modules: list[Module]) -> Iterator[str]:
    found: dict[str, set[str]] = defaultdict(set)
    for module in in_packages(modules):
        for name, _value in module.definitions():
            if not name.startswith("_") and name not in NAMES_BY_CONVENTION:
                found[name].add(module.name)
    twice = {name: places for name, places in found.items() if len(places) > 1}
    yield f"Public names in two or more modules: {share(len(twice), len(found))}, goal below 4 %"
    yield from listed(twice)


def lengths(modules: list[Module]) -> Iterator[str]:
    largest = sorted(modules, key=lambda module: -module.lines)
    sizes = [module.lines for module in modules if module.lines]
    over = [sum(size > limit for size in sizes) for limit in (300, 500)]
    yield f"Lines of Python: {sum(sizes)}, budget {PYTHON_MAX_LINES}"
    yield f"Lines of a file: median {median(sizes):.0f}, largest {max(sizes)}; over 300: {over[0]}, over 500: {over[1]}"
    yield from (f"    {module.path} {module.lines}" for module in largest if module.lines > 300)


def function_lengths(modules: list[Module]) -> Iterator[str]:
    sizes = {
        f"{module.path}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for module in in_packages(modules)
        for node in module.functions
    }
    over = [sum(size > limit for size in sizes.values()) for limit in (30, 50)]
    yield f"Functions: {len(sizes)}; over 30 lines: {over[0]}, over 50: {over[1]}"
    yield from (f"    {name} {size}" for name, size in sorted(sizes.items(), key=lambda at: -at[1]) if size > 30)


def signatures_with_any(modules: list[Module]) -> Iterator[str]:
    aliases = {(module.name, name): value for module in modules for name, value in module.definitions() if value}
    imports = {(module.name, name): (source, there) for module in modules for name, source, there in module.imports()}

    def is_any(module: str, name: str, seen: frozenset[tuple[str, str]] = frozenset()) -> bool:
        at = (module, name)
        if at == ("typing", "Any") or at in seen:
            return at not in seen
        if at in imports:
            return is_any(*imports[at], seen | {at})
        return at in aliases and holds_any(module, aliases[at], seen | {at})

    def holds_any(module: str, type_: ast.expr, seen: frozenset[tuple[str, str]] = frozenset()) -> bool:
        for node in ast.walk(type_):
            names = [(module, node.id)] if isinstance(node, ast.Name) else []
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                names = [("typing" if word == "Any" else module, word) for word in re.findall(r"\w+", node.value)]
            elif isinstance(node, ast.Attribute):
                source = imports.get((module, ast.unparse(node.value)), ("", ""))
                names = [(".".join(filter(None, source)), node.attr)]
            if any(is_any(*name, seen) for name in names):
                return True
        return False

    counts: dict[str, list[bool]] = defaultdict(list)
    for module in in_packages(modules):
        for function in module.functions:
            counts[str(module.path)].append(any(holds_any(module.name, type_) for type_ in annotations(function)))
    yes = {path: sum(found) for path, found in counts.items() if any(found)}
    yield f"Signatures with Any: {share(sum(yes.values()), sum(map(len, counts.values())))}, goal at most 8 %"
    yield from (f"    {path} {share(yes[path], len(counts[path]))}" for path in sorted(yes, key=lambda at: -yes[at]))


def annotations(function: Function) -> list[ast.expr]:
    found = [word.annotation for word in ast.walk(function.args) if isinstance(word, ast.arg)]
    return [annotation for annotation in [*found, function.returns] if annotation]


def file_names(modules: list[Module]) -> Iterator[str]:
    """A command's file must be called what the command is called, so commands are left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for module in in_packages(modules):
        if module.path.stem not in FILES_BY_CONVENTION and "commands" not in module.path.parts:
            found[module.path.name].add(str(module.path.parent))
    twice = {name: places for name, places in found.items() if len(places) > 1}
    yield f"File names in two or more packages: {len(twice)}, goal 0"
    yield from listed(twice)


def strings_as_comments(modules: list[Module]) -> Iterator[str]:
    found = []
    for module in modules:
        documented = [node for node in ast.walk(module.tree) if isinstance(node, DOCUMENTED)]
        docstrings = [node.body[0] for node in documented if node.body]
        values = [node for node in ast.walk(module.tree) if isinstance(node, ast.Expr)]
        strings = [node for node in values if isinstance(getattr(node.value, "value", None), str)]
        found += [f"    {module.path}:{node.lineno}" for node in strings if node not in docstrings]
    yield f"String literals used as comments: {len(found)}, goal 0"
    yield from found


def docstring_moods(modules: list[Module]) -> Iterator[str]:
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "D401", "--output-format", "json"]
    command += [str(module.root / module.path) for module in modules]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    count = str(len(json.loads(found.stdout))) if found.stdout else f"not counted ({found.stderr.strip()})"
    yield f"Docstrings not in the imperative (ruff D401): {count}, goal 0"


def kinds_of_claims(modules: list[Module]) -> Iterator[str]:
    """Say which kinds have numbers, how many places are asked for each, and who spells their names elsewhere."""
    rooms = [module for module in modules if module.path.parts[:2] == ("cases", "claim_kinds")]
    calls = [node for module in rooms for node in ast.walk(module.tree) if isinstance(node, ast.Call)]
    words = [word for call in calls if getattr(call.func, "id", "") == "DetailedKind" for word in call.keywords]
    kinds = sorted(word.value.value for word in words if word.arg == "name" and isinstance(word.value, ast.Constant))
    totality = next((module.root / TOTALITY for module in modules), Path(TOTALITY))
    places = re.findall(r"^def test_\w+\((?:world|kind)\b", totality.read_text(), re.M) if totality.exists() else []
    yield f"Kinds of claims with numbers: {', '.join(kinds) or 'none'}; each asked at {len(places)} places ({TOTALITY})"
    spelt: dict[str, set[str]] = defaultdict(set)
    for module in in_packages(modules):
        if module not in rooms:
            constants = {node.value for node in ast.walk(module.tree) if isinstance(node, ast.Constant)}
            for kind in constants.intersection(kinds):
                spelt[str(kind)].add(str(module.path))
    yield f"Modules that spell the name of such a kind: {sum(map(len, spelt.values()))}"
    yield from listed(spelt)


SECTIONS: list[Callable[[list[Module]], Iterator[str]]] = [lengths, function_lengths, signatures_with_any]
SECTIONS += [shared_names, file_names, strings_as_comments, docstring_moods, kinds_of_claims]


def report(root: Path) -> list[str]:
    modules = read(root)
    return [line for section in SECTIONS for line in section(modules)]


if __name__ == "__main__":
    print(*report(Path(__file__).parent.parent), sep="\n")
