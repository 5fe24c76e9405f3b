r"""What numbers are written with: signs of money, digits in groups, and the letters and words around them.

`sources.numbers` puts these parts together. `(?![^\W_])` is the end of a word, also of one with digits.
"""

import re

SIGNS = r"Rp|IDR|US\$|USD|S\$|SGD|A\$|AUD|RM|MYR|EUR|[$€£¥]"
RUPIAH = re.compile(r"Rp|IDR", re.IGNORECASE)
# White space inside an amount, as at a line end: only where cents or a dash show where the amount ends
BROKEN = (
    r"[1-9][0-9]{0,2}\s?(?P<b>[.,])\s?[0-9]{3}(?:\s?(?P=b)\s?[0-9]{3})*"
    r"(?:\s?(?!(?P=b))[.,]\s?00(?![^\W_])|(?=,-))"
)
# Letters that a scan makes of digits
MISREAD = (
    r"[1-9lI][0-9OolI]{0,2}(?P<m>[.,])[0-9OolI]{3}(?:(?P=m)[0-9OolI]{3})*"
    r"(?:(?!(?P=m))[.,][0-9OolI]{2})?(?![.,]?[^\W_])"
)
MISREAD_LETTERS = str.maketrans("OolI", "0011")
# Grouped by no-break and thin spaces; behind a sign of money by common ones too
SPACED = r"[0-9]{1,3}(?:[\u00a0\u2007\u2009\u202f][0-9]{3})+(?:[.,][0-9]+)?(?![0-9])"
BLANKS = r"[0-9]{1,3}(?: [0-9]{3}){2,}(?![0-9])"
PLAIN = r"[0-9]+(?:[.,][0-9]+)*"
DIGITS = (
    rf"(?<![^\W_])(?P<sign>(?i:{SIGNS}))\.?\s{{0,3}}(?P<money>{BROKEN}|{MISREAD}|{SPACED}|{BLANKS}|{PLAIN})(?:[.,]-+)?"
    rf"|(?<![^\W_])(?<![0-9][.,])(?P<digits>{SPACED}|{PLAIN})(?:,-+(?![0-9]))?"
)
# A simple fraction; not one of the parts of a date, a law or a page (1/2/2030)
FRACTION = r"(?<![\w/.,])(?:1/2|1/4|3/4)(?![\w/]|[.,][0-9])|(?<!\w)[½¼¾]"
FRACTIONS = {"1/2": "0.5", "1/4": "0.25", "3/4": "0.75", "½": "0.5", "¼": "0.25", "¾": "0.75"}
ATOM = re.compile(rf"(?P<fraction>{FRACTION})|{DIGITS}|(?P<word>[^\W\d_]+)")
WORD = re.compile(r"[^\W\d_]+")
DIGIT = re.compile(r"[0-9½¼¾]")
GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*")
# Longer ones are no amounts
MAX_DIGITS_READ = 40
SCALE_LETTER = re.compile(r"(\s{0,2})([MTBmtbk])(?![^\W_])")
LETTER_POWERS = {"m": 6, "b": 9, "t": 12, "k": 3}
PERCENT = re.compile(r"\s{0,4}(?:%|(?:persen|prosen|per\s?cent)(?![^\W_]))", re.IGNORECASE)
CURRENCY_WORD = re.compile(
    r"\s{1,4}(rupiah|dolar|dollars?|euros?|ringgit|yen|yuan|riyal|IDR|USD|SGD|AUD|MYR|EUR)(?![^\W_])", re.IGNORECASE
)
# What may stand against digits; other letters make them part of a name, as in 4G
UNIT = re.compile(r"(?:k?m[2²3³]?|[cm]m|kg|ha|[kmgt]b|[kmg]bps|[kmg]?wh|[kmg]w|[kmg]?hz)(?![^\W_])", re.IGNORECASE)
ABOUT_SUFFIX = re.compile(r"-?an(?![^\W_])", re.IGNORECASE)
ABOUT_SCALE = re.compile(r"(?:ribu|juta|mil[iy]ar|tril[iy]un)an$", re.IGNORECASE)
# The last words before a number, which say that it is approximate, negative, an ordinal or the first of two
ABOUT = re.compile(
    r"(?:\b(?:sekitar|kira-kira|kurang lebih|lebih kurang|hampir|about|around|approximately|roughly|nearly|almost)\s"
    r"|±\s?|~\s?)$",
    re.IGNORECASE,
)
MINUS = re.compile(r"(?:\bminus\s|−)$", re.IGNORECASE)
DASH = re.compile(r"(?:^|[\s(])-$")
ORDINAL = re.compile(r"\bke-\s?$", re.IGNORECASE)
BETWEEN = re.compile(r"\b(?:antara|between)\s$", re.IGNORECASE)
MAX_BEFORE_CHARS = 16
# What joins the ends of a range
TO = re.compile(r"\s*[-–—]\s*|\s+(?:s\.?/?d\.?|sampai|sampai dengan|hingga|to)\s+", re.IGNORECASE)
AND = re.compile(r"\s+(?:dan|and)\s+", re.IGNORECASE)
