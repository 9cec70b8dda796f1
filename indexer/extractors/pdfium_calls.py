"""The functions of PDFium that we call, with their types as C sees them.

Handles are plain addresses: ctypes makes no objects of them, which halves the time of a call. What
the functions do is told in PDFium's public headers (fpdfview.h, fpdf_text.h, fpdf_edit.h,
fpdf_doc.h). Chosen for its licence (BSD and Apache) and for being the PDF reader of Chromium.
"""

from collections.abc import Callable
from ctypes import (
    CFUNCTYPE,
    POINTER,
    c_char,
    c_char_p,
    c_double,
    c_float,
    c_int,
    c_size_t,
    c_ulong,
    c_void_p,
    cast,
    create_string_buffer,
)
from typing import Any

import pypdfium2_raw

Call = Callable[..., Any]


def _call(name: str, result: type | None, *arguments: type) -> Call:
    return cast(getattr(pypdfium2_raw, name), CFUNCTYPE(result, *arguments))


load_document = _call("FPDF_LoadDocument", c_void_p, c_void_p, c_void_p)
load_content = _call("FPDF_LoadMemDocument64", c_void_p, c_void_p, c_size_t, c_void_p)
last_error = _call("FPDF_GetLastError", c_ulong)
count_pages = _call("FPDF_GetPageCount", c_int, c_void_p)
meta_text = _call("FPDF_GetMetaText", c_ulong, c_void_p, c_void_p, c_void_p, c_ulong)

first_entry = _call("FPDFBookmark_GetFirstChild", c_void_p, c_void_p, c_void_p)
next_entry = _call("FPDFBookmark_GetNextSibling", c_void_p, c_void_p, c_void_p)
entry_title = _call("FPDFBookmark_GetTitle", c_ulong, c_void_p, c_void_p, c_ulong)
entry_place = _call("FPDFBookmark_GetDest", c_void_p, c_void_p, c_void_p)
entry_action = _call("FPDFBookmark_GetAction", c_void_p, c_void_p)
action_place = _call("FPDFAction_GetDest", c_void_p, c_void_p, c_void_p)
place_page = _call("FPDFDest_GetDestPageIndex", c_int, c_void_p, c_void_p)

load_page = _call("FPDF_LoadPage", c_void_p, c_void_p, c_int)
close_page = _call("FPDF_ClosePage", None, c_void_p)
count_annotations = _call("FPDFPage_GetAnnotCount", c_int, c_void_p)
annotation = _call("FPDFPage_GetAnnot", c_void_p, c_void_p, c_int)
annotation_kind = _call("FPDFAnnot_GetSubtype", c_int, c_void_p)
close_annotation = _call("FPDFPage_CloseAnnot", None, c_void_p)
annotation_flags = _call("FPDFAnnot_GetFlags", c_int, c_void_p)
annotation_box = _call("FPDFAnnot_GetRect", c_int, c_void_p, c_void_p)
has_key = _call("FPDFAnnot_HasKey", c_int, c_void_p, c_char_p)
string = _call("FPDFAnnot_GetStringValue", c_ulong, c_void_p, c_char_p, c_void_p, c_ulong)
number = _call("FPDFAnnot_GetNumberValue", c_int, c_void_p, c_char_p, c_void_p)
flatten = _call("FPDFPage_Flatten", c_int, c_void_p, c_int)
count_objects = _call("FPDFPage_CountObjects", c_int, c_void_p)
page_object = _call("FPDFPage_GetObject", c_void_p, c_void_p, c_int)
object_kind = _call("FPDFPageObj_GetType", c_int, c_void_p)
count_form_objects = _call("FPDFFormObj_CountObjects", c_int, c_void_p)
form_object = _call("FPDFFormObj_GetObject", c_void_p, c_void_p, c_ulong)

load_text = _call("FPDFText_LoadPage", c_void_p, c_void_p)
close_text = _call("FPDFText_ClosePage", None, c_void_p)
count_letters = _call("FPDFText_CountChars", c_int, c_void_p)
text_of = _call("FPDFText_GetText", c_int, c_void_p, c_int, c_int, c_void_p)
letter = _call("FPDFText_GetUnicode", c_int, c_void_p, c_int)
letter_box = _call("FPDFText_GetLooseCharBox", c_int, c_void_p, c_int, c_void_p)
letter_origin = _call("FPDFText_GetCharOrigin", c_int, c_void_p, c_int, c_void_p, c_void_p)
letter_matrix = _call("FPDFText_GetMatrix", c_int, c_void_p, c_int, c_void_p)
letter_size = _call("FPDFText_GetFontSize", c_double, c_void_p, c_int)
letter_object = _call("FPDFText_GetTextObject", c_void_p, c_void_p, c_int)
object_font = _call("FPDFTextObj_GetFont", c_void_p, c_void_p)
font_name = _call("FPDFFont_GetBaseFontName", c_ulong, c_void_p, c_void_p, c_ulong)

page_box = _call("FPDF_GetPageBoundingBox", c_int, c_void_p, c_void_p)
page_width = _call("FPDF_GetPageWidthF", c_float, c_void_p)
page_height = _call("FPDF_GetPageHeightF", c_float, c_void_p)
make_bitmap = _call("FPDFBitmap_CreateEx", c_void_p, c_int, c_int, c_int, c_void_p, c_int)
destroy_bitmap = _call("FPDFBitmap_Destroy", None, c_void_p)
bitmap_buffer = _call("FPDFBitmap_GetBuffer", c_void_p, c_void_p)
bitmap_stride = _call("FPDFBitmap_GetStride", c_int, c_void_p)
fill = _call("FPDFBitmap_FillRect", c_int, c_void_p, c_int, c_int, c_int, c_int, c_ulong)
draw = _call(
    "FPDF_RenderPageBitmap", None, c_void_p, c_void_p, c_int, c_int, c_int, c_int, c_int, c_int
)

Box = c_float * 4
"""Left, top, right, bottom: FS_RECTF."""
Matrix = c_float * 6
"""a, b, c, d, e, f: FS_MATRIX."""
Point = c_double * 2

TEXT, PATH, IMAGE, SHADING, FORM = 1, 2, 3, 4, 5
"""Kinds of page objects."""
FREE_TEXT, STAMP, WIDGET = 3, 13, 20
"""Kinds of annotations that write on the page."""
UNSEEN = 0x02 | 0x20
"""Flags of an annotation that is hidden, or not shown on a screen."""
SECRET = 1 << 13
"""The flag of a field that takes a password."""
FLATTENED = 1
GREY, WHITE = 1, 0xFFFFFFFF
"""A kind of bitmaps, and a colour."""
NOTES, IN_GREY = 0x01, 0x08
"""What is drawn besides the page itself, and how."""
PASSWORD = 4
"""The error of a document that asks for one."""


def utf16(read: Callable[[object, int], int], longest: int) -> str:
    """Return a text that PDFium writes into a buffer; nothing where it is longer, in bytes."""
    size = read(None, 0)
    if not 2 < size <= longest:
        return ""
    buffer = create_string_buffer(size)
    read(buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


# No folders of fonts: what is read shall not hang on the machine, and looking through them takes
# longer than reading a report. Widths and letters stand in the file.
pypdfium2_raw.FPDF_InitLibraryWithConfig(
    pypdfium2_raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=(POINTER(c_char) * 1)())
)
