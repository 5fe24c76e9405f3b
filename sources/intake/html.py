"""Web pages: the article alone, or all that a reader sees. What style or attributes hide is in neither."""

import codecs
import re
import sys
from pathlib import Path
from typing import Any

import lxml.html
import trafilatura
from cssselect import SelectorError
from django.utils.translation import gettext as _
from lxml import etree
from lxml.cssselect import CSSSelector

from .extracted import Extracted, IntakeError
from .media_types import HTML
from .plain import decode, notes_on_marks
from .reader import run

CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
UNSEEN = {"script", "style", "noscript", "template", "head", "iframe", "object", "canvas", "audio", "video", "datalist"}
BLOCK_NAMES = (
    "address article aside blockquote body caption dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr legend li main nav ol option p pre section select summary table tbody tfoot thead "
    "tr ul"
)
BLOCKS = set(BLOCK_NAMES.split())
HIDING = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|opacity:0?(?:\.0+)?(?:;|!|$)|font-size:0(?:px|em|rem|pt|%)?(?:;|!|$)"
    r"|(?:left|top|right|text-indent|margin-left):-\d{3,}|clip:rect\(0|clip-path:inset\((?:50|100)%"
    r"|(?<![-\w])color:(?:transparent|white|#fff(?:fff)?)(?:;|!|$)"
)
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Rules for print or for narrow screens hide nothing from a reader at a desk
CONDITIONAL = re.compile(
    r"@media(?!\s*(?:screen|all)\s*\{)[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|@import[^;]*;", re.IGNORECASE
)
MAX_RULES = 5000


def extract(path: Path) -> tuple[Extracted, ...]:
    """Return the two readings of a page: the article as trafilatura finds it, and all its visible text."""
    data = path.read_bytes()
    tree = _parsed(decode(data, _stated_encoding(data))[0])
    notes = [_("Text that the page hides was left out: %s passages.") % number] if (number := _prune(tree)) else []
    if tree.xpath("//link[contains(@rel, 'stylesheet')]"):
        notes.append(_("Its style sheets are not in the file: they may hide or move words. Look at the page itself."))
    metadata = _metadata(tree)
    article = trafilatura.extract(tree, include_comments=False, include_tables=True, favor_precision=False) or ""
    visible = visible_text(tree)
    notes += notes_on_marks(visible)
    readings = [
        Extracted(visible, (0,), HTML, "visible-text", lxml.__version__, metadata, tuple(notes)),
        Extracted(article, (0,), HTML, "trafilatura", trafilatura.__version__, metadata, tuple(notes)),
    ]
    return tuple(reading for reading in readings if reading.text.strip())


def _stated_encoding(data: bytes) -> str:
    found = CHARSET.search(data[:2048])
    try:
        encoding = codecs.lookup(found[1].decode()).name if found else ""
    except LookupError:
        return ""
    return {"iso8859-1": "windows-1252", "ascii": "windows-1252", "cp1252": "windows-1252"}.get(encoding, encoding)


def _parsed(text: str) -> Any:
    if "\0" in text:
        raise IntakeError(_("It holds a NUL character at %(at)s; it is no plain text.") % {"at": text.index("\0")})
    parser = lxml.html.HTMLParser(encoding="utf-8")
    try:
        tree = lxml.html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise IntakeError(_("It cannot be read as a web page.")) from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise IntakeError(_("Its parts are nested deeper than any page needs; it was not read."))
    return tree


def _prune(tree: Any) -> int:
    """Remove what a reader does not see. Returns how many passages with words of their own were hidden by style."""
    hidden = {element for element in tree.iter(etree.Element) if _hides_itself(element)}
    for selector in _hiding_selectors(tree):
        hidden.update(selector(tree))
    number = 0
    for element in hidden:
        if element.getparent() is not None and element.tag != "body":
            number += bool("".join(element.itertext()).strip())
            element.drop_tree()
    for element in list(tree.iter(*(UNSEEN - {"head"}), etree.Comment, etree.ProcessingInstruction)):
        if element.getparent() is not None:
            element.drop_tree()
    return number


def _hides_itself(element: Any) -> bool:
    style = re.sub(r"\s+", "", COMMENT.sub("", element.get("style") or "")).lower()
    is_closed = element.tag == "dialog" and element.get("open") is None
    return is_closed or element.get("hidden") is not None or _hides(style)


def _hides(style: str) -> bool:
    """Return whether declarations without white space hide words. White on a ground of its own is seen."""
    found = HIDING.findall(style)
    return any("color:" not in declaration or "background" not in style for declaration in found)


def _hiding_selectors(tree: Any) -> list[CSSSelector]:
    """Return the selectors of the page's own rules that hide what they select."""
    css = COMMENT.sub("", "\n".join(style.text or "" for style in tree.iter("style")))
    css = CONDITIONAL.sub("", css)
    found = []
    for selectors, body in RULE.findall(css)[:MAX_RULES]:
        body = re.sub(r"\s+", "", body).lower()
        if _hides(body):
            for selector in selectors.split(","):
                try:
                    found.append(CSSSelector(selector.strip(), translator="html"))
                except (SelectorError, etree.XPathError):
                    continue
    return found


def visible_text(tree: Any) -> str:
    """Return the text of a page without what `_prune` removed: one block a line, cells of a row parted by tabs."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in BLOCKS or (tag == "br" and event == "start"):
            pieces.append("\n")
        if tag in ("td", "th") and event == "end":
            pieces.append("\t")
        text = element.text if event == "start" else element.tail
        if text and tag not in ("head", "title") and not _in_head(element):
            pieces.append(text if _in_pre(element) else re.sub(r"\s+", " ", text))
    return _tidy("".join(pieces))


def _in_head(element: Any) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == "head"


def _in_pre(element: Any) -> bool:
    return element.tag == "pre" or any(parent.tag == "pre" for parent in element.iterancestors("pre"))


def _tidy(text: str) -> str:
    lines = [re.sub(r" *\t[ \t]*", "\t", line).strip(" \t") for line in text.split("\n")]
    return "\n".join(re.sub(r"  +", " ", line) for line in lines if line)


def _metadata(tree: Any) -> dict[str, str]:
    found = trafilatura.extract_metadata(tree)
    given = {"title": found.title, "author": found.author, "date": found.date, "publisher": found.sitename}
    given |= {"url": found.url}
    return {name: str(value)[:500] for name, value in given.items() if value}


if __name__ == "__main__":
    sys.exit(run(extract))
