# SPDX-License-Identifier: Apache-2.0
"""Kinds are found by listing their package: adding a kind is adding one file.

The file `mutual_legal_assistance.py` holds the kind `mutual-legal-assistance`, and the first line of its docstring is
the kind's title, so that names and titles can be listed without importing the bodies.
"""

import ast
import pkgutil
from collections.abc import Mapping
from importlib import import_module
from importlib.abc import InspectLoader
from importlib.util import find_spec
from types import MappingProxyType, ModuleType
from typing import Any


def names(package: ModuleType) -> tuple[str, ...]:
    """The names of the kinds in `package`, sorted; imports nothing."""
    return tuple(sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(package.__path__)))


def titles(package: ModuleType) -> Mapping[str, str]:
    """The title of every kind in `package` by name; imports nothing."""
    return MappingProxyType({name: title(f"{package.__name__}.{_module(name)}") for name in names(package)})


def load(package: ModuleType, attribute: str) -> Mapping[str, Any]:
    """What each module of `package` calls `attribute`, by the kind's name. Raises `ValueError` when names disagree."""
    found: dict[str, Any] = {}
    for name in names(package):
        kind = getattr(import_module(f"{package.__name__}.{_module(name)}"), attribute)
        if kind.name != name:
            raise ValueError(f"the file {_module(name)}.py holds the kind {kind.name}; their names must agree")
        found[name] = kind
    return MappingProxyType(found)


def _module(name: str) -> str:
    return name.replace("-", "_")


def title(module: str) -> str:
    """The first line of the docstring of this module, read from its source. Raises `ValueError` when it has none."""
    spec = find_spec(module)
    if spec is None or not isinstance(spec.loader, InspectLoader):
        raise ValueError(f"{module} is not a module of Python source")
    docstring = ast.get_docstring(ast.parse(spec.loader.get_source(module) or "")) or ""
    return docstring.partition("\n")[0].removesuffix(".")
