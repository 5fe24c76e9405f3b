"""Words that must go: whether a stored text, or anything made of texts, holds them."""

import re

from cases.documents.base import Json
from sources import quotes

from .fault_places import texts_in

# Neither words nor addresses: nobody is named there
NO_WORDS = {"$schema", "text_sha256"}
# What stands between the words of a slug or an address
JOINTS = re.compile(r"%20|[-_+/.]")


def contains(stored: Json, words: str) -> bool:
    """Return whether the words stand, whole and in any case, in any text of it: in slugs and addresses as well."""
    texts = (text for _where, text in texts_in(stored, skipped=NO_WORDS))
    return any(quotes.occurrences(form, words) for text in texts for form in (text, JOINTS.sub(" ", text)))
