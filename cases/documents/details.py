"""The numbers of a claim, under the key that is named like its kind."""

from typing import Annotated

from msgspec import Struct

from cases.vocabularies import Bound, ClaimKind, FigureNature, Outcome, StageWord, TransferKind

from .fields import Currency, DecimalText, NonEmpty, words
from .references import LanguageMap, Text


class DetailDocument(Struct, frozen=True, kw_only=True):
    """The numbers of a claim: one type for each kind of claim that has some."""


class TransferDetail(DetailDocument, frozen=True, kw_only=True):
    """What moved."""

    kind: Annotated[str, words(TransferKind)] | None
    amount: DecimalText | None
    currency: Currency | None
    in_kind: LanguageMap | None
    quantity: DecimalText | None
    unit: LanguageMap | None
    as_stated: NonEmpty | None


class FigureDetail(DetailDocument, frozen=True, kw_only=True):
    """A number, with what was counted and of what."""

    indicator: Text
    value: DecimalText | None
    value_to: DecimalText | None
    unit: LanguageMap | None
    base: LanguageMap | None
    nature: Annotated[str, words(FigureNature)] | None
    bound: Annotated[str, words(Bound)]
    as_stated: str


class StageDetail(DetailDocument, frozen=True, kw_only=True):
    """A step of a proceeding."""

    stage: Annotated[str, words(StageWord)]
    outcome: Annotated[str, words(Outcome)] | None
    charge: NonEmpty | None
    case_number: NonEmpty | None


DETAILS: dict[str, type[DetailDocument]] = {
    ClaimKind.TRANSFER: TransferDetail,
    ClaimKind.FIGURE: FigureDetail,
    ClaimKind.STAGE: StageDetail,
}
