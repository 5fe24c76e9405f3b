"""Proceedings as readers are told of them: what a person is called at each step, and who is accused without any."""

from collections.abc import Container, Iterable

from django.utils.translation import gettext as _

from cases.claim_kinds.penalty import PenaltyDetail
from cases.claim_kinds.stage import STAGE, Outcome, StageDetail, StageWord
from cases.documents.claims import CHARGED_PARTS, PublishedClaim
from cases.documents.references import SubjectRef
from cases.models import RecordClaim, RecordLink
from cases.public.labels import part_name, word
from cases.public.language_urls import page_language
from cases.vocabularies import Part, Standing

# Steps and outcomes whose word is also what the person is called; of any other nothing more is said than it says
STATUS_STEPS = (
    StageWord.NAMED_SUSPECT,
    StageWord.DETAINED,
    StageWord.RELEASED,
    StageWord.TERMINATED,
    StageWord.NOT_A_SUSPECT,
    StageWord.CHARGED,
)
STATUS_OUTCOMES = (Outcome.CONVICTED, Outcome.ACQUITTED, Outcome.DISCHARGED)
# Whoever stands before a court is a defendant until the court has said what else they are
BEFORE_A_COURT = (StageWord.SENTENCE_DEMANDED, StageWord.VERDICT, StageWord.APPEAL, StageWord.CASSATION)


def part_word(claim: PublishedClaim, part: str) -> str:
    """Return as what somebody stands in a claim: a defendant by the step (tersangka, terdakwa, terpidana)."""
    stage = claim.detail_of(StageDetail)
    if part == Part.DEFENDANT and claim.detail_of(PenaltyDetail):
        return _("on whom it is imposed")
    return _person_word(stage) if stage and part == Part.DEFENDANT else part_name(part)


def _person_word(stage: StageDetail) -> str:
    if stage.outcome in STATUS_OUTCOMES:
        return word(stage.outcome, "stage.outcome")
    if stage.stage in STATUS_STEPS:
        return word(stage.stage, "stage.stage")
    return word(StageWord.CHARGED.value, "stage.stage") if stage.stage in BEFORE_A_COURT else _("person concerned")


def standing_word(standing: str, stage: StageDetail | None) -> str:
    """Return how firmly a claim is said. “Alleged” gives way to the step where the claim is one: nobody is an
    “alleged named suspect”.
    """
    if stage and standing == Standing.ALLEGED:
        words = (word(stage.stage, "stage.stage"), word(stage.outcome, "stage.outcome"))
        return ": ".join(filter(None, words))
    return word(standing, "standing")


def charge_label(stage: StageDetail) -> str:
    """Return what a charge is at this step: until a court hears it, it is suspected only."""
    in_court = stage.stage in (*BEFORE_A_COURT, StageWord.CHARGED, StageWord.REVIEW, StageWord.FINAL)
    return _("Charged with") if in_court else _("Suspected of")


def accused_persons(claims: Iterable[PublishedClaim]) -> dict[str, SubjectRef]:
    """Return the persons whom these claims accuse, by id. A defendant is no accused party: their step is recorded."""
    parties = (party for claim in claims for party in claim.parties_in(Part.ACCUSED))
    return {party.who.id: party.who for party in parties if party.who and party.who.is_person}


def without_stage(claims: Iterable[PublishedClaim], seq: int | None) -> set[str]:
    """Return the ids of the persons whom these claims accuse and about whom no public claim records a stage.

    One query where anybody is accused. Of anyone else it must not even be said that there is none: it would insinuate.
    """
    ids = set(accused_persons(claims))
    if not ids:
        return ids
    stages = RecordClaim.objects.as_of(seq).filter(kind=STAGE.name).values("object_id")
    links = RecordLink.objects.as_of(seq).filter(target__in=ids, part__in=CHARGED_PARTS, claim_id__in=stages)
    return ids - set(links.values_list("target", flat=True))


def no_proceedings(claim: PublishedClaim, without: Container[str]) -> str:
    """Return the sentence beside an allegation that its sources tell of no proceedings, empty where they do."""
    accused = accused_persons([claim])
    names = [who.title.choose(page_language()) for key, who in accused.items() if key in without]
    if not names:
        return ""
    sentence = _(
        "The sources above record no legal proceedings. We have not checked the registers of the courts and of the"
        " KPK; do not conclude that there are none."
    )
    return sentence if len(names) == len(accused) else f"{'; '.join(names)}: {sentence}"
