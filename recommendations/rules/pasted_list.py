"""Pasted text that is a numbered and lettered list: recommendations and their points."""

from recommendations.rules.evaluation_table import POINT, RECOMMENDATION, EntryLine
from recommendations.rules.pasted_signs import (
    BULLET,
    CAPITAL,
    HEADING,
    LETTER,
    NUMBER,
    SENTENCE_END,
    Pasted,
    Shape,
    folded,
    words_of,
)
from sakip.numbers import position

LOOK_AHEAD = 3  # letters that may be missing in a list


class ListReader:
    """Reads line by line. `open` is the line to which text without a mark belongs, `pieces` its text."""

    def __init__(self, components):
        self.components = {folded(name): name for name in components}
        self.pasted = Pasted(shape=Shape.LIST)
        self.open: EntryLine | None = None
        self.pieces: list[str] = []
        self.number_style = self.letter_style = ""
        self.last_number = self.last_letter = self.last_nested = 0
        self.indent = 0  # of the last recommendation
        self.component = ""
        self.has_numbers = self.has_head = False
        self.letters = LETTER

    def read(self, text) -> Pasted:
        rows = text.split("\n")
        self._look_ahead([row.strip() for row in rows])
        for count, row in enumerate(rows, 1):
            if stripped := row.strip():
                spaced = row[: len(row) - len(row.lstrip())].expandtabs(8)
                self._line(count, stripped, len(spaced))
        self._close()
        return self.pasted

    def _look_ahead(self, rows):
        """Capital letters are headings above numbers; they are points below them, if there are no others."""
        numbers = [at for at, row in enumerate(rows) if NUMBER.match(row)]
        capitals = [at for at, row in enumerate(rows) if CAPITAL.match(row)]
        self.has_numbers = bool(numbers)
        has_letters = any(map(LETTER.match, rows))
        if numbers and capitals and not has_letters and numbers[0] < capitals[0]:
            self.letters = CAPITAL

    def _line(self, count, text, indent):
        if match := NUMBER.match(text):
            self._number(match, text, indent)
        elif (match := self.letters.match(text)) and self._is_letter(match):
            self._letter(count, match, text)
        elif match := BULLET.match(text):
            self._bullet(text[match.end() :])
        elif self._is_component(text):
            pass
        elif self.open is None or self._is_heading(text):
            self._close()
            self.pasted.remarks.append(f"Baris {count} tidak dipakai: “{text[:80]}”")
        else:
            self._continue(text)

    def _number(self, match, text, indent):
        style, number, rest = match[1] + match[3], int(match[2]), text[match.end() :]
        self.number_style = self.number_style or style
        if style != self.number_style or self._is_nested(number, indent):
            self.last_nested = number
            self._append(f"{number}. {words_of(rest)}")
            return
        self.last_number, self.last_letter, self.last_nested = number, 0, 0
        self.letter_style, self.indent = "", indent
        self._open(RECOMMENDATION, words_of(rest), number=str(number), component=self.component)

    def _is_nested(self, number, indent):
        """A number of the same style within a letter, that counts from 1 or on, and is no next recommendation."""
        if not self.last_letter or self.open is None:
            return False
        counts_on = number == self.last_nested + 1
        if number == self.last_number + 1:
            return counts_on and indent > self.indent
        return counts_on

    def _is_letter(self, match):
        style, place = match[1] + match[3], position(match[2])
        if self.letter_style and style != self.letter_style:
            return False
        step = place - self.last_letter
        return match[2] in "aA" or 0 < step <= LOOK_AHEAD

    def _letter(self, count, match, text):
        self.letter_style = self.letter_style or match[1] + match[3]
        self.last_letter, self.last_nested = position(match[2]), 0
        line = self._open(POINT, words_of(text[match.end() :]))
        if not self.has_head:
            line.remarks.append(
                f"Baris {count}: huruf {match[2]} tanpa nomor rekomendasi di atasnya."
            )

    def _bullet(self, rest):
        if self.has_numbers or (self.open and self.open.kind == POINT):
            self._append(f"- {words_of(rest)}")
        else:
            self._open(RECOMMENDATION, words_of(rest), component=self.component)

    def _is_component(self, text):
        """A line such as “A. Perencanaan Kinerja” before numbers: the component of what follows."""
        if self.open is not None and self.open.kind == RECOMMENDATION and not self.pieces:
            return False
        match = HEADING.match(text)
        name = self.components.get(folded(text[match.end() :] if match else text))
        if name is None:
            return False
        self._close()
        self.component = name
        return True

    def _is_heading(self, text):
        return self.has_numbers and self.letters is LETTER and bool(HEADING.match(text))

    def _continue(self, text):
        """A paragraph of its own after the end of a sentence; else the rest of a line that was too long."""
        last = self.pieces[-1] if self.pieces else ""
        is_rest = last and (text[0].islower() or not last.endswith(SENTENCE_END))
        is_rest = is_rest and not LETTER.match(text)
        is_title = (
            self.open and self.open.kind == RECOMMENDATION and folded(last) in self.components
        )
        self.pieces += [" " if is_rest and not is_title else "\n", words_of(text)]

    def _append(self, text):
        if self.open is None:
            self._open(RECOMMENDATION, text, component=self.component)
        else:
            self.pieces += ["\n", text]

    def _open(self, kind, text, **cells):
        self._close()
        self.open, self.pieces = EntryLine(kind, **cells), [text] if text else []
        self.has_head = self.has_head or kind == RECOMMENDATION
        self.pasted.lines.append(self.open)
        return self.open

    def _close(self):
        """The name of a component as the first line of a recommendation is its component."""
        line, self.open = self.open, None
        if line is None:
            return
        line.text = "".join(self.pieces).strip()
        first, _, rest = line.text.partition("\n")
        name = self.components.get(folded(first))
        if line.kind == RECOMMENDATION and name:
            line.component, line.text = name, rest or line.text
