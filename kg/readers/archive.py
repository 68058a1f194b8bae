"""A zip of XML files, read within limits: nothing is unpacked to disk, no entity is resolved, nothing is fetched."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from lxml import etree

from kg import limits

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Archive:
    """An opened zip; its members are checked against the limits before any is read."""

    path: Path
    remedy: str
    file: zipfile.ZipFile

    @classmethod
    def open(cls, path: Path, data: bytes, remedy: str) -> Archive:
        """The zip in these bytes; raise ReportError when it is none, encrypted, or would unpack to too much."""
        try:
            file = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as error:
            limits.refuse(path, f"broken: {error}", remedy)
        members = file.infolist()
        limits.check(path, len(members), limits.MEMBERS, "files inside")
        limits.check(path, sum(member.file_size for member in members), limits.UNPACKED, "bytes unpacked")
        for member in members:
            limits.check(path, member.file_size, limits.MEMBER, f"bytes unpacked in {member.filename!r}")
            if member.file_size > limits.SMALL and member.file_size > limits.RATIO * max(1, member.compress_size):
                limits.refuse(path, f"{member.filename!r} unpacks to more than {limits.RATIO} times its size", remedy)
            if member.flag_bits & _ENCRYPTED:
                limits.refuse(path, "encrypted", "save it without a password")
        return cls(path, remedy, file)

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML file inside; None when there is no such file."""
        if name not in self.file.namelist():
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(self.file.read(name), parser)
        except (*_BROKEN, etree.XMLSyntaxError) as error:
            limits.refuse(self.path, f"broken: {name}: {error}", self.remedy)
        if root.getroottree().docinfo.internalDTD is not None:
            limits.refuse(self.path, f"{name} declares a document type, as no file of Word does", self.remedy)
        return root
