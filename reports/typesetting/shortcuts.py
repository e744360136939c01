"""What WeasyPrint need not do for every line and page again; the pages stay the same.

For worker processes alone: they hold some pages only, and nothing else runs in them. Together a
tenth of the time of a table full of text. A version other than the one they were written for is left
as it is.
"""

import zlib
from types import SimpleNamespace

import pydyf
import weasyprint
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, gobject, pango

VERSION = "70.0"


class Layout(line_break.Layout):
    """A line stays as it was measured until it is drawn, and lines of one style share what it says."""

    def setup(self, style):
        shared = style.font_config.__dict__.setdefault("shared_by_style", {})
        known = shared.get(id(style))
        if known is None:
            super().setup(style)
            known = shared[id(style)] = _shareable(self, style)
        if not known.is_plain:
            super().setup(style)
            return
        self.style = style
        self.language = known.language
        self.ascent = self.underline_position = self.strikethrough_position = None
        self.first_line_direction = 0
        self.layout = ffi.gc(pango.pango_layout_new(known.context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(self.layout, False)
        pango.pango_layout_set_font_description(self.layout, known.description)

    def deactivate(self):
        pass

    def reactivate(self, style):
        if self.justification_spacing:
            self.set_text(self.text, justify=True)


def _shareable(layout, style):
    """As the library's own `setup` does, which keeps nothing that could be used again."""
    attributes = pango.pango_layout_get_attributes(layout.layout)
    context = ffi.gc(
        pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref
    )
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, line_break.PANGO_DIRECTION[style["direction"]])
    pango.pango_context_set_language(context, layout.language)
    return SimpleNamespace(
        is_plain=attributes == ffi.NULL and layout.ascent is None,
        context=context,
        language=layout.language,
        description=line_break.get_font_description(style),
        style=style,  # so that no other gets its id
    )


def take() -> None:
    if weasyprint.__version__ == VERSION:
        line_break.Layout = Layout
        pydyf.zlib = SimpleNamespace(  # level 9 takes twice as long for a twentieth of the size
            compress=zlib.compress, compressobj=lambda level: zlib.compressobj(level=6)
        )
