"""Which words of a query are looked for together, and which are left out."""

from cases.search.analysis.synonyms import max_phrase_words, near_words, stopwords, synonyms_of

from .parser import Term


def drop_stopwords(groups: list[tuple[Term, ...]]) -> list[tuple[Term, ...]]:
    """Return the groups without words of grammar and forms of names, unless there is nothing else."""
    kept = [group for group in groups if not (_is_plain(group) and is_stopword(group[0].words[0]))]
    return kept or groups


def is_stopword(word: str) -> bool:
    return word in stopwords().grammar or word in stopwords().names


def join_compounds(groups: list[tuple[Term, ...]]) -> list[tuple[Term, ...]]:
    """Make one term of neighbouring words that mean one thing together: `wali kota`, `smart city`."""
    terms: list[tuple[Term, ...]] = []
    at = 0
    while at < len(groups):
        length = next((n for n in range(max_phrase_words(), 1, -1) if _is_compound(groups[at : at + n], n)), 1)
        parts = [term for group in groups[at : at + length] for term in group]
        if length == 1:
            terms.append(groups[at])
        else:
            words = tuple(term.words[0] for term in parts)
            terms.append((Term(words, " ".join(term.text for term in parts)),))
        at += length
    return terms


def _is_compound(groups: list[tuple[Term, ...]], length: int) -> bool:
    """Return whether so many neighbours are one phrase of the file; a word of grammar at its edge must belong to it."""
    if len(groups) < length or not all(map(_is_plain, groups)):
        return False
    words = tuple(group[0].words[0] for group in groups)
    edges = [words[:-1]] * (words[-1] in stopwords().grammar) + [words[1:]] * (words[0] in stopwords().grammar)
    return bool(synonyms_of(words) or near_words(words)) and not any(map(synonyms_of, edges))


def _is_plain(group: tuple[Term, ...]) -> bool:
    """Return whether a group is one word as it was typed."""
    term = group[0]
    return len(group) == len(term.words) == 1 and not (term.is_phrase or term.is_prefix or term.pattern or term.field)
