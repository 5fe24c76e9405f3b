"""PDFs made up by a seed: columns, hyphens, headings, headers, notes, watermarks, tables, rotation, order of drawing.

Each tells which sentences it really holds, and which words it holds side by side though nobody wrote them so.
"""

import random
from dataclasses import dataclass, field
from itertools import pairwise

from .pdf_writer import show, width, write

SYLLABLES = [f"{a}{b}" for a in "bdgklmnprstwy" for b in "aeiou"]
PAGE = (595, 842)
MARGIN = 60


@dataclass
class Line:
    """A line as drawn; `block` is what it goes on within: a flow of text, or a cell of its own."""

    page: int
    x: float
    y: float
    words: list[str]
    block: int
    room: float
    font: str = "F1"
    size: float = 10.0
    last: bool = False


@dataclass
class Made:
    data: bytes
    sentences: list[str]
    table_rows: list[str]
    wrong: list[str]


@dataclass
class Maker:
    """Sets one document; every choice comes from the seed."""

    seed: int
    lines: list[Line] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    table_rows: list[str] = field(default_factory=list)
    page: int = 0
    column: int = 0
    y: float = 0

    def __post_init__(self):
        self.dice = dice = random.Random(self.seed)
        self.columns = dice.choice([1, 2, 2, 3, 3])
        self.gutter = dice.uniform(11, 28)
        self.size = dice.choice([8.5, 9.0, 10.0, 11.0])
        self.leading = self.size * dice.choice([1.15, 1.25, 1.4])
        self.font = dice.choice(["F1", "F2"])
        self.hyphens, self.justified = dice.random() < 0.6, dice.random() < 0.5
        self.shift = dice.choice([0, 0, self.leading / 2, self.leading / 3])
        self.band_top, self.bottom = PAGE[1] - 90, 110
        self.blocks = 1

    @property
    def room(self) -> float:
        return (PAGE[0] - 2 * MARGIN - (self.columns - 1) * self.gutter) / self.columns

    @property
    def x(self) -> float:
        return MARGIN + self.column * (self.room + self.gutter)

    def word(self) -> str:
        return "".join(self.dice.choice(SYLLABLES) for _ in range(self.dice.choice([1, 2, 2, 3, 3, 4])))

    def words(self, least: int, most: int) -> list[str]:
        return [self.word() for _ in range(self.dice.randint(least, most))]

    def sentence(self) -> list[str]:
        words = self.words(5, 18)
        words[0] = words[0].capitalize()
        if self.dice.random() < 0.2:
            words[self.dice.randrange(1, len(words))] = (
                f"Rp{self.dice.randint(100, 999)}.{self.dice.randint(100, 999)}.000,00"
            )
        words[-1] += "."
        self.sentences.append(" ".join(words))
        return words

    def make(self) -> Made:
        dice = self.dice
        self._begin_page(first=True)
        for _ in range(dice.randint(8, 22)):
            kind = dice.random()
            if kind < 0.12:
                self._heading()
            elif kind < 0.22:
                self._table()
            else:
                self._paragraph()
        return Made(self._draw(), self.sentences, self.table_rows, self._wrong())

    def _begin_page(self, *, first=False):
        self.page += not first
        self.column, self.y = 0, self.band_top
        if first and self.dice.random() < 0.5:
            self._set(MARGIN, self.y, self.words(3, 6), self.new_block(), 500, font="F3", size=self.size * 1.6)
            self.y -= 3 * self.leading
        self.column_top = self.y

    def new_block(self) -> int:
        self.blocks += 1
        return self.blocks

    def _set(self, x, y, words, block, room, **more):
        self.lines.append(Line(self.page, x, y, words, block, room, **{"font": self.font, "size": self.size, **more}))

    def _need(self, height: float):
        if self.y - height >= self.bottom:
            return
        if self.column + 1 < self.columns:
            self.column += 1
            self.y = self.column_top - self.shift * (self.column % 2)
        else:
            self._begin_page()

    def _paragraph(self):
        text = [word for _ in range(self.dice.randint(1, 5)) for word in self.sentence()]
        while text:
            line, text = self._fill(text)
            self._need(0)
            self._set(self.x, self.y, line, 0, self.room, last=not text)
            self.y -= self.leading
        self.y -= self.dice.choice([0, 0, 0.3 * self.leading])

    def _fill(self, words: list[str]) -> tuple[list[str], list[str]]:
        line = []
        for place, word in enumerate(words):
            if width(" ".join([*line, word]), self.font, self.size) > self.room and line:
                if self.hyphens and word.isalpha() and len(word) >= 6:
                    head, tail = word[:-3] + "-", word[-3:]
                    if width(" ".join([*line, head]), self.font, self.size) <= self.room:
                        return [*line, head], [tail, *words[place + 1 :]]
                return line, words[place:]
            line.append(word)
        return line, []

    def _heading(self):
        self._need(3 * self.leading)
        self.y -= 0.5 * self.leading
        words = self.words(1, 2)
        bold = self.dice.random() < 0.5
        self._set(self.x, self.y, words, 0, self.room, font="F3" if bold else self.font, last=True)
        self.y -= self.dice.choice([1, 1.5]) * self.leading

    def _table(self):
        count, height = self.dice.randint(2, 4 if self.columns == 1 else 3), self.dice.randint(2, 5)
        self._need((height + 2) * self.leading)
        self.y -= self.leading
        widths = [self.room / count] * count
        for _ in range(height):
            row = []
            for cell in range(count):
                words = [f"{self.dice.randint(1, 999)}.{self.dice.randint(100, 999)}"] if cell else self.words(1, 2)
                while len(words) > 1 and width(" ".join(words), self.font, self.size) > widths[cell] - 10:
                    words.pop()
                self._set(self.x + cell * widths[cell], self.y, words, self.new_block(), widths[cell], last=True)
                row += words
            self.table_rows.append(" ".join(row))
            self.y -= self.leading
        self.y -= 0.6 * self.leading

    def _wrong(self) -> list[str]:
        """Words at the end of one line and at the head of another that does not follow it, wherever they stand near."""
        follows = {}
        flow = [line for line in self.lines if line.block == 0]
        for before, line in pairwise(flow):
            follows[id(before)] = line
        wrong = []
        for line in self.lines:
            near = [each for each in self.lines if each.page == line.page and each is not line]
            beside = [each for each in near if each.x > line.x and abs(each.y - line.y) < 1.2 * self.leading]
            below = [each for each in near if 0 < line.y - each.y < 3.2 * self.leading]
            heads = [each for each in near if all(o.x != each.x or o.y <= each.y for o in near)]
            away = self.dice.sample(near, min(2, len(near)))
            for other in {id(each): each for each in beside + below[:6] + heads + away}.values():
                if follows.get(id(line)) is not other and not self._in_one_row(line, other):
                    wrong.append(" ".join(line.words[-3:] + other.words[:3]))
        # By chance a word alone on its line is one with the word before the other line
        written = " ".join(word for line in flow for word in line.words)
        return [words for words in wrong if len(words.split()) >= 3 and words not in written]

    def _in_one_row(self, line: Line, other: Line) -> bool:
        """Neighbouring cells of a row, and a table after its text, are words that the page holds in this order."""
        return (line.block != 0 and other.block != 0 and line.y == other.y) or (
            other.x == line.x and line.y > other.y and not self._between(line, other)
        )

    def _between(self, line: Line, other: Line) -> bool:
        return any(
            other.y < each.y < line.y
            and each.page == line.page
            and each.x < line.x + line.room
            and each.x >= line.x - 1
            for each in self.lines
        )

    def _draw(self) -> bytes:
        pages = [[] for _ in range(self.page + 1)]
        order = self.dice.choice(["flow", "by line", "shuffled"])
        lines = list(self.lines)
        if order == "by line":
            lines.sort(key=lambda line: (line.page, -line.y, line.x))
        if order == "shuffled":
            self.dice.shuffle(lines)
        by_word = self.dice.random() < 0.3
        for line in lines:
            pages[line.page] += self._line(line, by_word)
        self._furniture(pages)
        if self.dice.random() < 0.15:
            turned = [["q 0 1 -1 0 842 0 cm", *page, "Q"] for page in pages]
            return write(turned, size=PAGE[::-1], page_keys=self.dice.choice(["", "/Rotate 90"]))
        return write(pages, size=PAGE)

    def _line(self, line: Line, by_word: bool) -> list[str]:
        text = " ".join(line.words)
        natural = width(text, line.font, line.size)
        gaps = len(line.words) - 1
        space = (line.room - natural) / gaps if self.justified and gaps and line.block == 0 and not line.last else 0
        # A wide gap between words that the file sets one by one is no line to anybody
        space = min(space, (0.3 if by_word else 1.2) * line.size)
        if not by_word:
            return [show(line.x, line.y, text, font=line.font, size=line.size, space=space)]
        drawn, x = [], line.x
        for word in line.words:
            drawn.append(show(x, line.y, word, font=line.font, size=line.size))
            x += width(word + " ", line.font, line.size) + space
        return drawn

    def _furniture(self, pages):
        header, footer = " ".join(self.words(3, 6)), " ".join(self.words(2, 4))
        watermark = " ".join(self.words(1, 2)) if self.dice.random() < 0.3 else ""
        notes = self.dice.random() < 0.3
        for number, page in enumerate(pages, 1):
            page.insert(0, show(MARGIN, PAGE[1] - 45, header, size=8))
            page.append(show(MARGIN, 40, f"{footer} {number}", size=8))
            if watermark:
                page.insert(0, show(150, 300, watermark, size=44, angle=(0.707, 0.707, -0.707, 0.707), extra="0.9 g"))
            if notes:
                note = " ".join([str(number), *self.words(3, 6)])
                page.append(show(MARGIN, 70, note, size=0.8 * self.size, font=self.font))


def make(seed: int) -> Made:
    return Maker(seed).make()
