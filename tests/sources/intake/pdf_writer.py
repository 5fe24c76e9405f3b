"""A small writer of PDFs for tests: text at a place, in the standard fonts, with the page's own accidents."""

import ctypes
from functools import cache

import pypdfium2 as pdfium
import pypdfium2.raw as raw

FONTS = {"F1": "Helvetica", "F2": "Times-Roman", "F3": "Helvetica-Bold"}


@cache
def _font(name: str):
    document = pdfium.PdfDocument.new()
    return document, raw.FPDFText_LoadStandardFont(document.raw, FONTS[name].encode())


@cache
def _char_width(char: str, font: str) -> float:
    """Of an ASCII character, in thousandths of the size."""
    document, handle = _font(font)
    text = raw.FPDFPageObj_CreateTextObj(document.raw, handle, 1000.0)
    encoded = f"|{char}|".encode("utf-16-le") + b"\0\0"
    plain = "||".encode("utf-16-le") + b"\0\0"
    widths = []
    for each in (encoded, plain):
        raw.FPDFText_SetText(text, ctypes.cast(ctypes.create_string_buffer(each), raw.FPDF_WIDESTRING))
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        raw.FPDFPageObj_GetBounds(text, left, bottom, right, top)
        widths.append(right.value - left.value)
    raw.FPDFPageObj_Destroy(text)
    return widths[0] - widths[1]


def width(text: str, font: str, size: float) -> float:
    return sum(_char_width(char, font) for char in text) * size / 1000


def show(x: float, y: float, text: str, *, font="F1", size=10.0, space=0.0, angle=(1, 0, 0, 1), extra="") -> str:
    """One text object; `space` widens its spaces, `extra` is put before (colour, render mode)."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    a, b, c, d = angle
    matrix = f"{a:.4f} {b:.4f} {c:.4f} {d:.4f} {x:.2f} {y:.2f} Tm"
    return f"q BT {extra} /{font} {size:.2f} Tf {space:.3f} Tw {matrix} ({escaped}) Tj ET Q"


def write(pages: list[list[str]], *, size=(595, 842), page_keys="", trailer="") -> bytes:
    """A PDF of pages, each a list of operators."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    for name, base in FONTS.items():
        objects.append(f"<< /Type /Font /Subtype /Type1 /Name /{name} /BaseFont /{base} /Encoding /WinAnsiEncoding >>")
    fonts = " ".join(f"/{name} {number} 0 R" for number, name in enumerate(FONTS, 3))
    kids = []
    for operators in pages:
        stream = "\n".join(operators)
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] {page_keys} "
            f"/Resources << /Font << {fonts} >> >> /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _file(objects, trailer)


def _file(objects: list[str], keys: str) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R {keys} >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + (end + trailer).encode()
