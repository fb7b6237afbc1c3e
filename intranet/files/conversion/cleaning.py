"""The copy of a PDF that is served: the same pages without what acts, what is packed in, and who made it.

A script of its own, run confined: source, target, report. The report is a list of codes of `rules.STRIPPED`.
"""

import json
import sys
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

INSIDE = {"/GoTo", "/Named", "/Thread"}
"""Actions that only move within the document."""
ACTIVE = {
    "/JavaScript": "scripts",
    "/Rendition": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/RichMediaExecute": "media",
    "/GoTo3DView": "media",
    "/URI": "links",
    "/GoToR": "links",
    "/GoToE": "attachments",
    "/Launch": "scripts",
    "/SubmitForm": "scripts",
    "/ImportData": "scripts",
    "/ResetForm": "scripts",
    "/Hide": "scripts",
    "/SetOCGState": "scripts",
    "/Trans": "scripts",
}
ANNOTATIONS = {
    "/FileAttachment": "attachments",
    "/RichMedia": "media",
    "/Screen": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/3D": "media",
}
NAMES = {"/JavaScript": "scripts", "/EmbeddedFiles": "attachments", "/Renditions": "media"}
OF_THE_WHOLE = {"/AF": "attachments", "/Collection": "attachments"}
SILENT = ("/PieceInfo", "/LastModified", "/SpiderInfo", "/Perms", "/Legal", "/DSS", "/Thumb")
"""Private data of programs, dates, signatures that no copy can keep."""
DEEPEST = 60


class Cleaner:
    """Walks every object of a document once and takes away what the rules name."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def clean(self, pdf: pikepdf.Pdf) -> None:
        for key in ("/Info",):
            if key in pdf.trailer:
                del pdf.trailer[key]
        self._root(pdf.Root)
        for one in pdf.objects:
            self._walk(one, 0)

    def _root(self, root: Object) -> None:
        for key, code in OF_THE_WHOLE.items():
            self._drop(root, key, code)
        self._drop(root, "/URI", None)
        names = root.get("/Names")
        if isinstance(names, Dictionary):
            for key, code in NAMES.items():
                self._drop(names, key, code)
        form = root.get("/AcroForm")
        if isinstance(form, Dictionary):
            self._drop(form, "/XFA", "scripts")
            self._drop(form, "/CO", None)

    def _walk(self, one: Any, depth: int) -> None:
        if depth > DEEPEST:
            return
        if isinstance(one, Stream):
            self._dictionary(one, depth)
            if one.get("/Subtype") == Name.Image:
                self._picture(one)
        elif isinstance(one, Dictionary):
            self._dictionary(one, depth)
        elif isinstance(one, Array):
            for each in one:
                if isinstance(each, (Dictionary, Array)) and not each.is_indirect:
                    self._walk(each, depth + 1)

    def _dictionary(self, one: Object, depth: int) -> None:
        keys = set(one.keys())
        if "/Metadata" in keys:
            del one["/Metadata"]
        for key in SILENT:
            if key in keys:
                del one[key]
        if "/AA" in keys:
            self._drop(one, "/AA", "scripts")
        if "/EF" in keys:
            self._drop(one, "/EF", "attachments")
        for key in ("/A", "/PA", "/OpenAction", "/Next"):
            if key in keys:
                self._action(one, key)
        if "/Annots" in keys:
            self._annotations(one)
        for key in keys & set(one.keys()):
            each = one.get(key)
            if isinstance(each, (Dictionary, Array)) and not each.is_indirect:
                self._walk(each, depth + 1)

    def _action(self, one: Object, key: str) -> None:
        action = one.get(key)
        if isinstance(action, Array) and key == "/Next":
            self._drop(one, key, "scripts")
        if not isinstance(action, Dictionary):
            return
        kind = str(action.get("/S", ""))
        if kind in ACTIVE:
            self._drop(one, key, ACTIVE[kind])
        elif key == "/OpenAction" and kind not in INSIDE:
            self._drop(one, key, "scripts")

    def _annotations(self, page: Object) -> None:
        kept, all_of_them = [], page.get("/Annots")
        if not isinstance(all_of_them, Array):
            return
        for one in all_of_them:
            code = ANNOTATIONS.get(str(one.get("/Subtype", ""))) if isinstance(one, Dictionary) else None
            if code:
                self.found.add(code)
            else:
                kept.append(one)
        if len(kept) < len(all_of_them):
            page["/Annots"] = Array(kept)

    def _picture(self, one: Stream) -> None:
        filters = one.get("/Filter")
        if filters != Name.DCTDecode and not (
            isinstance(filters, Array) and len(filters) == 1 and filters[0] == Name.DCTDecode
        ):
            return
        data = one.read_raw_bytes()
        bare = without_notes(data)
        if len(bare) < len(data):
            parameters = one.get("/DecodeParms")
            one.write(bare, filter=Name.DCTDecode, decode_parms=parameters)  # type: ignore[arg-type]

    def _drop(self, one: Object, key: str, code: str | None) -> None:
        if key in one:
            del one[key]
            if code:
                self.found.add(code)


def without_notes(data: bytes) -> bytes:
    """A JPEG without Exif, XMP, IPTC and comments: where and when it was taken, by whom, with what. The
    picture itself is not touched; what cannot be understood is left as it is."""
    if not data.startswith(b"\xff\xd8"):
        return data
    kept, at = [b"\xff\xd8"], 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xDA:
            return b"".join([*kept, data[at:]])
        if marker == 0x01 or 0xD0 <= marker <= 0xD9:
            return data
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker not in (0xE1, 0xED, 0xFE):
            kept.append(data[at:end])
        at = end
    return data


def main(source: str, target: str, report: str) -> None:
    """Write the copy and what was taken away."""
    cleaner = Cleaner()
    with pikepdf.open(source) as pdf:
        cleaner.clean(pdf)
        pdf.save(
            target,
            linearize=True,
            deterministic_id=True,
            fix_metadata_version=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )
    with open(report, "w") as file:
        json.dump(sorted(cleaner.found), file)


if __name__ == "__main__":
    main(*sys.argv[1:4])
