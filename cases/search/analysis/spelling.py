"""Spelling: by how many letters two words differ."""


def edit_distance(one: str, other: str, most: int) -> int:
    """Return by how many letters two words differ (Damerau-Levenshtein), or `most` + 1 where it is more than `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i] + [0] * len(other)
        for j, b in enumerate(other, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                row[j] = min(row[j], last[j - 2] + 1)
        if min(row) > most:
            return most + 1
    return row[-1]


def max_edits(word: str) -> int:
    """Return how many letters of a name may differ: none of a short one."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2
