"""Why reading on from one character to the next may not be what the page says."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Doubt(models.TextChoices):
    """A reason for the curator's eye; the label is the sentence that she reads."""

    GAP = "gap", _("A wide gap stands within a line.")
    OVERLAP = "over", _("Two texts lie over each other.")
    LEADING = "lead", _("A wide gap stands between two lines.")
    SIZE = "size", _("The size of the letters changes.")
    BELOW = "below", _("The next line does not stand below.")
    NOTE = "note", _("The text passes between the body and a note.")
    UNCLEAR = "unclear", _("These may be columns or a table.")
    TABLE = "table", _("The words stand in a table.")
    CELL = "cell", _("The words pass from cell to cell where a cell has several lines.")
    FURNITURE = "furniture", _("The words stand in headers, footers or a watermark.")
    MACHINE = "machine", _("The text of this page was read by machine.")
    UNNAMED = "unnamed", _("The font does not name a character.")
    PICTURE = "picture", _("A picture lies over the words.")
    DIRECTION = "direction", _("Writing from right to left is not read reliably yet.")


# Of the character itself, so they hold at the beginning of an excerpt too
OF_THE_CHARACTER = frozenset({Doubt.UNNAMED, Doubt.PICTURE, Doubt.DIRECTION})
