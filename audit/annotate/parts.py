"""The parts of an Office package, changed one by one: those that nobody touches stay as they are, byte for byte."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import Any

from lxml import etree

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Package:
    """A package being changed. `tree` gives a part to change; `save` writes all."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._changed: dict[str, Any] = {}

    def tree(self, name: str) -> Any:
        """The root element of a part."""
        if name not in self._changed:
            self._changed[name] = parse(self._archive.read(name))
        return self._changed[name]

    def add(self, name: str, root: Any, *, override: str = "", default: str = "") -> None:
        """A new part, with its content type: of its own, or of all parts with its suffix."""
        self._changed[name] = root
        types = self.tree("[Content_Types].xml")
        suffix = name.rpartition(".")[2]
        if override:
            etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=override)
        elif not any(each.get("Extension", "").lower() == suffix for each in types):
            entry = etree.Element(f"{{{_TYPES}}}Default", Extension=suffix, ContentType=default)
            types.insert(0, entry)

    def unused(self, template: str) -> str:
        """The first name of a part that is not taken, a number in the place of {}."""
        taken = {*self._archive.namelist(), *self._changed}
        number = 1
        while template.format(number) in taken:
            number += 1
        return template.format(number)

    def relations(self, name: str) -> Any:
        """The relations of a part, made where it has none."""
        folder, file = posixpath.split(name)
        path = posixpath.join(folder, "_rels", f"{file}.rels")
        if path not in self._changed and path not in self._archive.namelist():
            self._changed[path] = parse(f'<Relationships xmlns="{_RELATIONS}"/>'.encode())
        return self.tree(path)

    def related(self, name: str, kind: str) -> str | None:
        """The part that a part is related to by a kind of relation."""
        for each in self.relations(name):
            if each.get("Type", "").rpartition("/")[2] == kind and each.get("TargetMode") != "External":
                return target(name, each.get("Target", ""))
        return None

    def relate(self, name: str, kind: str, other: str) -> str:
        """Relates a part to another; the relation's id."""
        relations = self.relations(name)
        taken = {each.get("Id") for each in relations}
        number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        attributes = {"Id": f"rId{number}", "Type": f"{OFFICE}/{kind}", "Target": f"/{other}"}
        etree.SubElement(relations, f"{{{_RELATIONS}}}Relationship", attributes)
        return f"rId{number}"

    def save(self) -> bytes:
        """The package with its changes."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
            for entry in self._archive.infolist():
                root = self._changed.pop(entry.filename, None)
                out.writestr(entry, self._archive.read(entry) if root is None else written(root))
            for name, root in self._changed.items():
                out.writestr(name, written(root))
        return stream.getvalue()


def target(name: str, path: str) -> str:
    """The part that a relation of a part points to."""
    return (
        path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
    )


def parse(data: bytes) -> Any:
    """The root element of XML, without looking beyond it."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def written(root: Any) -> bytes:
    """An element as a part."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
