"""What a results page says before the results, and what it shows of each."""

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.claim_kinds.base import Label
from cases.public.labels import FACET_TITLES
from cases.public.language_urls import local, page_language
from cases.public.presenters.claim_view import ClaimView
from cases.search.find import Hit, Results

ALL_WORDS = {
    2: gettext_lazy("both words"),
    3: gettext_lazy("all three words"),
    4: gettext_lazy("all four words"),
    5: gettext_lazy("all five words"),
    6: gettext_lazy("all six words"),
    7: gettext_lazy("all seven words"),
    8: gettext_lazy("all eight words"),
}
HELD_WORDS = {
    1: gettext_lazy("one"),
    2: gettext_lazy("two"),
    3: gettext_lazy("three"),
    4: gettext_lazy("four"),
    5: gettext_lazy("five"),
    6: gettext_lazy("six"),
    7: gettext_lazy("seven"),
    8: gettext_lazy("eight"),
}
# Words of a statement with which a link marks it, from its beginning and to its end
FRAGMENT_WORDS = 6


def answer_notes(q: str, found: Results) -> list[str]:
    """Return the sentences that say how the results answer the search; none where every word is in each."""
    notes = []
    if found.corrected:
        words = {"typed": q, "corrected": found.corrected}
        notes.append(_("No record holds “%(typed)s”. Shown is what holds “%(corrected)s”.") % words)
    if found.matched == "most":
        every: Label = ALL_WORDS.get(found.words, _("all %d words") % found.words)
        held: Label = HELD_WORDS.get(found.held, str(found.held))
        notes.append(_("No record holds %(all)s. These hold %(held)s.") % {"all": every, "held": held})
    if found.unknown and found.matched != "all":
        notes.append(_("In no record: %s.") % ", ".join(found.unknown))
    if found.matched == "none" and found.kept:
        kept = ", ".join(found.kept)
        notes.append(
            _(
                "Never left out of a search are words in quotation marks, fields, negations, and words that call "
                "somebody guilty. In this one: %s."
            )
            % kept
        )
    if found.near_only and found.total:
        sentence = _("No statement or quotation here uses the word “%s”; what is shown uses words near to it.")
        notes.append(sentence % ", ".join(found.near_only))
    return notes


@dataclass(frozen=True)
class HitView:
    """A hit as the page shows it. `claim` is None where its record has none."""

    hit: Hit

    @property
    def claim(self) -> ClaimView | None:
        return ClaimView(self.hit.match.claim, self.hit.match.document) if self.hit.match.claim else None

    @property
    def foreign(self) -> str:
        """Return the language of the statement where that is not the page's."""
        return self.hit.match.language if self.hit.match.language != page_language() else ""

    @property
    def is_untranslated(self) -> bool:
        claim = self.hit.match.claim
        return bool(claim and not getattr(claim.statement, page_language()))

    @property
    def unmet(self) -> str:
        """Return the titles of the chosen facets that the statement itself does not fit."""
        return ", ".join(str(FACET_TITLES[name]).lower() for name in self.hit.match.unmet)

    @property
    def address(self) -> str:
        """Return where the statement stands on the page of its record; browsers that can, mark it there."""
        match, path = self.hit.match, local(self.hit.match.document.path)
        anchor = f"claim-{match.claim.id}" if match.claim else ""
        return f"{path}#{anchor}{'' if self.foreign else text_fragment(''.join(p.text for p in match.statement))}"


def text_fragment(text: str) -> str:
    """Return the directive that marks a text on a page (WICG text fragments), by its first and last words."""
    words = text.split()
    if not words:
        return ""
    ends = [words] if len(words) <= 2 * FRAGMENT_WORDS else [words[:FRAGMENT_WORDS], words[-FRAGMENT_WORDS:]]
    return ":~:text=" + ",".join(quote(" ".join(end), safe="").replace("-", "%2D") for end in ends)
