"""Closed lists about claims. A word that is not here stops the row; extend a list by a decision page.

Importable by every layer. The labels go through gettext; the meanings are for curators and the data dictionary.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sources.words import Words


class SubjectKind(Words):
    """What a claim can be about. Each kind is a model of its own."""

    CASE = "case", "something that went wrong, or is said to have", _("case")
    COLLABORATION = "collaboration", "a public body working with partners", _("collaboration")
    ACTOR = "actor", "a person, company, public body or group", _("actor")
    SYSTEM = "system", "an application, platform, programme or infrastructure", _("system")
    PLACE = "place", "an administrative area or neighbourhood", _("place")


class ActorKind(Words):
    PERSON = "person", "a named person in a public role", _("person")
    COMPANY = "company", "a private company", _("company")
    STATE_OWNED_COMPANY = "state_owned_company", "a BUMN or BUMD", _("state-owned company")
    PUBLIC_BODY = "public_body", "a government, agency or service", _("public body")
    POST = "post", "an office, whoever holds it", _("post")
    COMMUNITY = "community", "a group of residents", _("community")
    NGO = "ngo", "a non-governmental organisation", _("non-governmental organisation")
    MEDIA = "media", "a news organisation", _("media")
    UNIVERSITY = "university", "a university or college", _("university")
    INTERNATIONAL_BODY = "international_body", "an international body", _("international body")


class SystemKind(Words):
    APP = "app", "an application for users", _("application")
    PLATFORM = "platform", "a platform that others build on", _("platform")
    PROGRAMME = "programme", "a programme of work", _("programme")
    SENSOR_NETWORK = "sensor_network", "cameras or sensors as one network", _("sensor network")
    COMMAND_CENTRE = "command_centre", "a control room", _("command centre")
    INFRASTRUCTURE = "infrastructure", "cables, points, servers", _("infrastructure")


class PlaceKind(Words):
    COUNTRY = "country", "a country", _("country")
    PROVINCE = "province", "a province", _("province")
    CITY = "city", "a kota", _("city")
    REGENCY = "regency", "a kabupaten", _("regency")
    DISTRICT = "district", "a kecamatan", _("district")
    VILLAGE = "village", "a kelurahan or desa", _("village")
    NEIGHBOURHOOD = "neighbourhood", "a kampung, RW or RT", _("neighbourhood")


class Standing(Words):
    """How firmly something is said, weakest first."""

    POTENTIAL = "potential", "its speaker hedges", _("said to be potential")
    ALLEGED = "alleged", "accuses someone and is undecided", _("alleged")
    STATED = "stated", "said flatly, accuses nobody", _("stated")
    DECIDED = "decided", "read in the instrument itself", _("decided")


class ClaimKind(Words):
    """What sort of fact a claim is: the first that fits, in this order."""

    STAGE = "stage", "a step of a proceeding", _("legal stage")
    TRANSFER = "transfer", "value moves", _("transfer")
    TIE = "tie", "actors linked", _("tie")
    ROLE = "role", "capacity in this matter", _("role")
    FIGURE = "figure", "a number about the matter or a place", _("figure")
    LEGAL_BASIS = "legal_basis", "a legal instrument it rests on", _("legal basis")
    PLAN = "plan", "intended, not done", _("plan")
    FEATURE = "feature", "a feature of a system", _("feature")
    EVENT = "event", "happened on a date", _("event")
    STATEMENT = "statement", "what matters is that X said it", _("statement")
    FINDING = "finding", "what a study or audit concludes", _("finding")
    PURPOSE = "purpose", "what it is meant for", _("purpose")
    DESCRIPTION = "description", "what it is, neutrally", _("description")


class Role(Words):
    RESPONSIBLE_BODY = "responsible_body", "whose duty it is", _("responsible body")
    PARTNER = "partner", "joins the collaboration", _("partner")
    SUPPLIER = "supplier", "sells to it", _("supplier")
    DEVELOPER = "developer", "builds", _("developer")
    OPERATOR = "operator", "runs", _("operator")
    DATA_PROVIDER = "data_provider", "provides data", _("data provider")
    FUNDER = "funder", "pays for it", _("funder")
    INTERMEDIARY = "intermediary", "passes on aid or information", _("intermediary")
    BENEFICIARY = "beneficiary", "receives the benefit", _("beneficiary")
    AFFECTED = "affected", "bears the harm", _("affected")
    MONITOR = "monitor", "counts or reports", _("monitor")
    NAMED_IN_ALLEGATION = (
        "named_in_allegation",
        "named, act not described",
        _("named in an allegation"),
    )


class Tie(Words):
    HOLDS_OFFICE = "holds_office", "holds an office", _("holds office")
    WORKS_FOR = "works_for", "works for", _("works for")
    MEMBER_OF = "member_of", "is a member of", _("member of")
    UNIT_OF = "unit_of", "is a unit of", _("unit of")
    OWNS = "owns", "owns shares of", _("owns")
    PATRON_CLIENT = (
        "patron_client",
        "reciprocal favours, as the source calls it",
        _("patron–client relation"),
    )
    NAMED_WITH = "named_with", "named together, nature not stated", _("named together with")


class FindingAspect(Words):
    BARRIER = "barrier", "what hinders", _("barrier")
    ENABLER = "enabler", "what helps", _("enabler")
    OUTCOME = "outcome", "what the work delivered", _("outcome")
    IMPACT = "impact", "what it changed for people", _("impact")
    SHORTCOMING = "shortcoming", "of the thing itself", _("shortcoming")
    EXPLANATION = "explanation", "why", _("explanation")
    OBSERVATION = "observation", "neutral", _("observation")
    RECOMMENDATION = "recommendation", "what the study advises", _("recommendation")


class PlanFirmness(Words):
    HOPED = "hoped", "wished for", _("hoped for")
    PROPOSED = "proposed", "put forward", _("proposed")
    PLANNED = "planned", "decided on", _("planned")
    COMMITTED = "committed", "bound to", _("committed")


SUBKINDS: dict[str, type[Words]] = {
    ClaimKind.ROLE: Role,
    ClaimKind.TIE: Tie,
    ClaimKind.FINDING: FindingAspect,
    ClaimKind.PLAN: PlanFirmness,
}
"""Which closed list the subkind of a claim comes from. The other kinds have none."""


NOT_STATED = "not_stated"
"""In a filter: what no source says."""


class TransferKind(Words):
    BRIBE = "bribe", "only where the excerpt says suap or bribe", _("bribe")
    GRATIFICATION = (
        "gratification",
        "a gift to an official so called, not a tip",
        _("gratification"),
    )
    ILLEGAL_LEVY = "illegal_levy", "pungli", _("illegal levy")
    MONEY_UNSPECIFIED = (
        "money_unspecified",
        "money, nature not stated",
        _("money, nature not stated"),
    )
    AWARD = "award", "a project given, with or without a value", _("award of a project")
    PAYMENT = "payment", "paid for something", _("payment")
    BUDGET = "budget", "set aside in a budget", _("budget")
    SOCIAL_AID = "social_aid", "bansos", _("social aid")
    CSR = "csr", "corporate social responsibility (TJSL)", _("corporate social responsibility")
    GRANT = "grant", "hibah", _("grant")
    IN_KIND = "in_kind", "goods or services, with quantity and unit", _("goods or services")


class FigureNature(Words):
    COUNTED = "counted", "counted", _("counted")
    ESTIMATED = "estimated", "estimated", _("estimated")
    PROJECTED = "projected", "projected", _("projected")
    PLANNED = "planned", "planned", pgettext_lazy("figure", "planned")


class Bound(Words):
    EXACT = "exact", "the number itself", _("exactly")
    ABOUT = "about", "near the number", _("about")
    AT_LEAST = "at_least", "the number or more", _("at least")
    AT_MOST = "at_most", "the number or less", _("at most")
    RANGE = "range", "between two numbers", _("range")


class StageWord(Words):
    """A step of a proceeding, in the terms of Indonesian criminal procedure."""

    REPORT = "report", "laporan", pgettext_lazy("stage", "report")
    INQUIRY = "inquiry", "penyelidikan", _("inquiry")
    INVESTIGATION = "investigation", "penyidikan", _("investigation")
    NAMED_SUSPECT = "named_suspect", "penetapan tersangka", _("named suspect")
    DETAINED = "detained", "penahanan", _("detained")
    RELEASED = "released", "dilepas dari tahanan", _("released")
    PRETRIAL = "pretrial", "praperadilan", _("pretrial review")
    TERMINATED = "terminated", "SP3", _("investigation terminated")
    NOT_A_SUSPECT = "not_a_suspect", "dinyatakan bukan tersangka", _("not a suspect")
    CHARGED = "charged", "dakwaan: terdakwa", _("charged")
    SENTENCE_DEMANDED = "sentence_demanded", "tuntutan", _("sentence demanded")
    VERDICT = "verdict", "putusan tingkat pertama", _("verdict")
    APPEAL = "appeal", "putusan banding", _("appeal")
    CASSATION = "cassation", "putusan kasasi", _("cassation")
    REVIEW = "review", "putusan peninjauan kembali", _("review")
    FINAL = "final", "berkekuatan hukum tetap (inkracht)", _("final")


RULINGS = (
    StageWord.VERDICT,
    StageWord.APPEAL,
    StageWord.CASSATION,
    StageWord.REVIEW,
    StageWord.FINAL,
    StageWord.PRETRIAL,
)


class Outcome(Words):
    CONVICTED = "convicted", "terpidana", _("convicted")
    ACQUITTED = "acquitted", "bebas", _("acquitted")
    DISCHARGED = "discharged", "lepas dari segala tuntutan", _("discharged")
    UPHELD = "upheld", "menguatkan", _("upheld")
    CHANGED = "changed", "mengubah", _("changed")
    ANNULLED = "annulled", "membatalkan", _("annulled")


class Part(Words):
    """As what someone stands in a claim."""

    PAYER = "payer", "gives the value", _("payer")
    RECIPIENT = "recipient", "receives the value", _("recipient")
    HOLDER = "holder", "holds the office", _("holder")
    BODY = "body", "the body or office concerned", _("body")
    MEMBER = "member", "the member", _("member")
    UNIT = "unit", "the unit of a body", _("unit")
    OWNER = "owner", "owns", _("owner")
    OWNED = "owned", "is owned", _("owned")
    PATRON = "patron", "the patron, as the source calls it", _("patron")
    CLIENT = "client", "the client, as the source calls it", _("client")
    PARTNER = "partner", "joins the collaboration", _("partner")
    SUPPLIER = "supplier", "sells to it", _("supplier")
    DEVELOPER = "developer", "builds", _("developer")
    OPERATOR = "operator", "runs", _("operator")
    DATA_PROVIDER = "data_provider", "provides data", _("data provider")
    FUNDER = "funder", "pays for it", _("funder")
    INTERMEDIARY = "intermediary", "passes on", _("intermediary")
    BENEFICIARY = "beneficiary", "receives the benefit", _("beneficiary")
    AFFECTED = "affected", "bears the harm", _("affected")
    MONITOR = "monitor", "counts or reports", _("monitor")
    MEASURER = "measurer", "measured the figure", _("measured by")
    AUTHORITY = "authority", "acts with legal power", _("authority")
    ACCUSED = "accused", "is accused in the claim", _("accused")
    DEFENDANT = "defendant", "stands trial in the claim", _("defendant")
    SPEAKER = "speaker", "speaks in the claim", _("speaker")
    NAMED = "named", "is named in the statement", _("named")


class Relation(Words):
    SUPPORTS = "supports", "the words carry the claim", _("supports")
    CONTEXT = "context", "the words help to read it", _("context")


class ConflictKind(Words):
    WITHIN_SOURCE = "within_source", "one source says two things", _("within one source")
    BETWEEN_SOURCES = "between_sources", "two sources disagree", _("between sources")
    BETWEEN_LANGUAGES = (
        "between_languages",
        "two language versions disagree",
        _("between languages"),
    )
    ARITHMETIC = "arithmetic", "the numbers do not add up", _("arithmetic")
    SLIP = "slip", "a slip of the pen that changes the meaning", _("slip of the pen")
    LIST_SHORTER_THAN_ANNOUNCED = (
        "list_shorter_than_announced",
        "fewer items than announced",
        _("list shorter than announced"),
    )
    PARAPHRASE_VS_QUOTATION = (
        "paraphrase_vs_quotation",
        "the retelling differs from the words quoted",
        _("paraphrase against quotation"),
    )
    STRENGTH = "strength", "said with two strengths", _("strength of language")
    IDENTITY = "identity", "we read these names as one body because…", _("identity")
    AMBIGUOUS_WORDING = "ambiguous_wording", "the words can be read in two ways", _("ambiguous wording")


class Property(Words):
    """What is in dispute or unknown, when it is not a party. A part of a claim (payer, holder …) is a property too."""

    NAME = "name", "a name", _("name")
    FULL_NAME = "full_name", "the rest of a name", _("full name")
    CAPACITY = "capacity", "in which function someone is named", _("capacity")
    PARTIES = "parties", "who stands in the claim as what", _("parties")
    OTHER_SIDE = "other_side", "whom it concerns on the other side", _("other side")
    STANDING = "standing", "how firmly it is said", _("strength of the statement")
    WORDING = "wording", "the words themselves", _("wording")
    METHOD = "method", "how a study was done", _("method")
    START = "start", "when it began", _("start")
    END = "end", "when it ended", _("end")
    DATE = "date", "when", _("date")
    LOCATIONS = "locations", "where exactly", _("locations")
    KIND = "kind", "of what sort it is", _("nature")
    AMOUNT = "amount", "how much money", _("amount")
    CURRENCY = "currency", "in which currency", _("currency")
    QUANTITY = "quantity", "how many", _("quantity")
    IN_KIND = "in_kind", "what was given", _("what was given")
    VALUE = "value", "the number", _("value")
    INSTRUMENT = "instrument", "the agreement or regulation it rests on", _("instrument")
    CONTRACT = "contract", "the contract", _("contract")
    COST = "cost", "what it cost", _("cost")
    FUNDING = "funding", "from which funds", _("source of the funds")
    DECISION = "decision", "who decided on it", _("who decided")
    CONTRIBUTION = "contribution", "what a side contributed", _("contribution")
    RESULTS = "results", "what came of it", _("results")
    BARRIERS = "barriers", "what hindered it", _("barriers")
    ENABLERS = "enablers", "what helped it", _("enablers")
    OWNERSHIP = "ownership", "who owns it", _("ownership")
    INTEGRATION = "integration", "what is linked to what", _("what is integrated")
    ACTS = "acts", "which acts are meant", _("acts meant")
    ELECTION = "election", "which election is meant", _("election meant")
    VISION = "vision", "a stated vision", _("vision")


def property_label(name: str) -> str:
    """The label of a property: `payer`, `start`, or a dotted field such as `transfer.kind`. Raises KeyError."""
    last = name.rsplit(".", 1)[-1]
    labels = dict(Property.choices) | dict(Part.choices)
    return str(labels[last])


class UnknownReason(Words):
    NOT_IN_SOURCE = "not_in_source", "the source does not say", _("the source does not say")
    NOT_IN_OUR_COPY = "not_in_our_copy", "our copy is partial", _("not in the part we hold")
    SEARCHED_NOT_FOUND = (
        "searched_not_found",
        "we looked and did not find it",
        _("searched for, not found"),
    )
    WITHHELD = "withheld", "known to us, not published", _("withheld")
    NOT_APPLICABLE = "not_applicable", "does not arise", _("not applicable")


class AliasKind(Words):
    SPELLING = "spelling", "another spelling", _("spelling")
    MISPRINT = "misprint", "a misprint in a source", _("misprint")
    ACRONYM = "acronym", "an acronym", _("acronym")
    INITIALS = "initials", "initials", _("initials")
    FORMER = "former", "a former name", _("former name")
    SHORT = "short", "a short form", _("short form")


class Action(Words):
    """What a revision did."""

    PUBLISH = "publish", "first published", _("published")
    CORRECT = "correct", "published anew, changed", _("corrected")
    WITHDRAW = "withdraw", "taken out of the current record", _("withdrawn")
    REINSTATE = "reinstate", "a withdrawal or merge undone", _("reinstated")
    MERGE = "merge", "became part of another", _("merged")
    REDACT = "redact", "earlier words erased", _("redacted")


GONE = (Action.WITHDRAW, Action.MERGE)
"""Acts after which a thing is no longer read at its own address."""


class WithdrawalReason(Words):
    ERROR = "error", "it was wrong", _("error")
    SUPERSEDED = "superseded", "something better took its place", _("superseded")
    COURT_ORDER = "court_order", "a court ordered it", _("court order")
    PRIVATE_PERSON = "private_person", "it concerned a private person", _("private person")
    RIGHT_OF_REPLY_UPHELD = (
        "right_of_reply_upheld",
        "a reply was upheld",
        _("right of reply upheld"),
    )
    DUPLICATE = "duplicate", "it stood here twice", _("duplicate")
    SOURCE_WITHDRAWN = "source_withdrawn", "its source was withdrawn", _("source withdrawn")


class Topic(NamedTuple):
    """A topic of the closed list in `data/topics.yaml`; analytical lenses are topics too."""

    code: str
    label: dict[str, str]
    scope: dict[str, str]


@cache
def topics() -> dict[str, Topic]:
    """The closed list of topics by code, in the order of the file."""
    text = (Path(__file__).parent / "data" / "topics.yaml").read_text(encoding="utf-8")
    rows = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes nothing but text
    return {row["code"]: Topic(row["code"], row["label"], row["scope"]) for row in rows}
