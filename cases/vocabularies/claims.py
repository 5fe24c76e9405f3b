"""Closed lists about claims. A word that is not here stops the row; extend a list by a decision page."""

from django.utils.translation import gettext_lazy as _

from sources.vocabularies import Vocabulary


class Standing(Vocabulary):
    """How firmly something is said, weakest first."""

    POTENTIAL = "potential", "its speaker hedges", _("suggested as possible")
    ALLEGED = "alleged", "accuses someone and is undecided", _("alleged")
    STATED = "stated", "said flatly, accuses nobody", _("source says")
    DECIDED = "decided", "read in the instrument itself", _("on record in the ruling, regulation or contract")


class Role(Vocabulary):
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
    NAMED_IN_ALLEGATION = "named_in_allegation", "named, act not described", _("named in an allegation")


class Tie(Vocabulary):
    HOLDS_OFFICE = "holds_office", "holds an office", _("holds office")
    WORKS_FOR = "works_for", "works for", _("works for")
    MEMBER_OF = "member_of", "is a member of", _("member of")
    UNIT_OF = "unit_of", "is a unit of", _("unit of")
    OWNS = "owns", "owns shares of", _("owns")
    PATRON_CLIENT = "patron_client", "reciprocal favours, as the source calls it", _("patron–client relation")
    NAMED_WITH = "named_with", "named together, nature not stated", _("named together with")
    SPOUSE_OF = "spouse_of", "is married to, where it matters and the source says so", _("spouse of")
    PARENT_OF = "parent_of", "is a parent of, where it matters and the source says so", _("parent of")
    SIBLING_OF = "sibling_of", "is a brother or sister of, likewise", _("brother or sister of")
    RELATIVE_OF = "relative_of", "is of the family of, likewise", _("relative of")
    IN_LAW_OF = "in_law_of", "is of the family by marriage, likewise", _("in-law of")


class FindingAspect(Vocabulary):
    BARRIER = "barrier", "what hinders", _("barrier")
    ENABLER = "enabler", "what helps", _("enabler")
    OUTCOME = "outcome", "what the work delivered", _("outcome")
    IMPACT = "impact", "what it changed for people", _("impact")
    SHORTCOMING = "shortcoming", "of the thing itself", _("shortcoming")
    EXPLANATION = "explanation", "why", _("explanation")
    OBSERVATION = "observation", "neutral", _("observation")
    RECOMMENDATION = "recommendation", "what the study advises", _("recommendation")


class PlanFirmness(Vocabulary):
    HOPED = "hoped", "wished for", _("hoped for")
    PROPOSED = "proposed", "put forward", _("proposed")
    PLANNED = "planned", "decided on", _("planned")
    COMMITTED = "committed", "bound to", _("committed")


# In a filter: what no source says
NOT_STATED = "not_stated"


class Part(Vocabulary):
    """As what someone stands in a claim."""

    PAYER = "payer", "gives the value", _("payer")
    RECIPIENT = "recipient", "receives the value", _("recipient")
    HOLDER = "holder", "holds the office", _("holds the office")
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
    ACCUSED = "accused", "is said to have done a punishable or improper act", _("said to have done this")
    CRITICISED = "criticised", "is judged or blamed, no act alleged", _("criticised")
    DEFENDANT = "defendant", "stands trial in the claim, or bears the penalty", _("defendant")
    CO_DEFENDANT = "co_defendant", "stands trial beside the defendant", _("co-defendant")
    VICTIM = "victim", "was harmed by the act", _("victim")
    WITNESS = "witness", "testifies", _("witness")
    EXPERT = "expert", "testifies by knowledge of the field", _("expert")
    JUDGE = "judge", "judges", _("judge")
    PROSECUTOR = "prosecutor", "prosecutes", _("prosecutor")
    COUNSEL = "counsel", "defends or represents", _("counsel")
    CLAIMANT = "claimant", "brings a civil or administrative case", _("claimant")
    RESPONDENT = "respondent", "answers a civil or administrative case", _("respondent")
    BUYER = "buyer", "buys", _("buyer")
    BIDDER = "bidder", "offers a price", _("bidder")
    PARENT = "parent", "is the parent", _("parent")
    CHILD = "child", "is the child", _("child")
    RELATIVE = "relative", "is of the family", _("relative")
    SPEAKER = "speaker", "speaks in the claim", _("speaker")
    NAMED = "named", "is named in the statement", _("mentioned")


# Who has a part in a proceeding that is about somebody else
COURT_PARTS = (
    Part.VICTIM,
    Part.WITNESS,
    Part.EXPERT,
    Part.JUDGE,
    Part.PROSECUTOR,
    Part.COUNSEL,
    Part.CLAIMANT,
    Part.RESPONDENT,
)


class ConflictKind(Vocabulary):
    WITHIN_SOURCE = "within_source", "one source says two things", _("within one source")
    BETWEEN_SOURCES = "between_sources", "two sources disagree", _("between sources")
    BETWEEN_LANGUAGES = "between_languages", "two language versions disagree", _("between languages")
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


class ConflictFamily(Vocabulary):
    """What readers are told of a disagreement. The first two are news; the others are our reading notes."""

    DENIED = "denied", "a reply denies it", _("denied")
    SOURCES_DIFFER = "sources_differ", "two sources say different things", _("sources differ")
    INCONSISTENT = "inconsistent", "one source says two things", _("the source is inconsistent")
    UNCLEAR = "unclear", "the words can be read in two ways", _("can be read in two ways")
    IDENTITY = "identity", "we read these names as one", _("we read these as one")


# The family of each kind; `denied` comes from a response that denies, never from us
FAMILIES = {
    ConflictKind.BETWEEN_SOURCES.value: ConflictFamily.SOURCES_DIFFER,
    ConflictKind.WITHIN_SOURCE.value: ConflictFamily.INCONSISTENT,
    ConflictKind.BETWEEN_LANGUAGES.value: ConflictFamily.INCONSISTENT,
    ConflictKind.ARITHMETIC.value: ConflictFamily.INCONSISTENT,
    ConflictKind.SLIP.value: ConflictFamily.INCONSISTENT,
    ConflictKind.LIST_SHORTER_THAN_ANNOUNCED.value: ConflictFamily.INCONSISTENT,
    ConflictKind.STRENGTH.value: ConflictFamily.INCONSISTENT,
    ConflictKind.AMBIGUOUS_WORDING.value: ConflictFamily.UNCLEAR,
    ConflictKind.PARAPHRASE_VS_QUOTATION.value: ConflictFamily.UNCLEAR,
    ConflictKind.IDENTITY.value: ConflictFamily.IDENTITY,
}


class ReplyState(Vocabulary):
    """Whether those whom a case names were asked for a reply, by whom, and what came of it."""

    NOT_ASKED = "not_asked", "we have not asked", _("we have not yet asked for a reply")
    ASKED = "asked", "we asked and wait", _("we have asked for a reply")
    ANSWERED = "answered", "an answer came", _("replied")
    DECLINED = "declined", "would not answer", _("declined to reply")
    NO_ANSWER_BY = "no_answer_by", "no answer by the day we named", _("did not reply")
    UNREACHABLE = "unreachable", "could not be reached", _("could not be reached")
    ASKED_BY_SOURCE = "asked_by_source", "the source asked", _("asked by the source")


# States that say when: we asked, or an answer came
ASKED_BY_US = (ReplyState.ASKED, ReplyState.ANSWERED, ReplyState.DECLINED, ReplyState.NO_ANSWER_BY)


class NotAskedBecause(Vocabulary):
    """Why somebody was not asked for a reply."""

    SOURCE_REPORTS_REPLY = "source_reports_reply", "the source tells the reply", _("the source tells the reply")
    NO_CONTACT_FOUND = "no_contact_found", "no way to reach them was found", _("no way to reach them was found")
    DANGER_TO_PERSON = "danger_to_person", "asking would endanger somebody", _("asking would endanger somebody")
    LEGAL_BAR = "legal_bar", "the law forbids it", _("the law forbids it")
    DOCUMENT_ONLY = (
        "document_only",
        "the record states what a document says and makes no charge of its own",
        _("this record only says what a document says"),
    )
    DECEASED_OR_DISSOLVED = "deceased_or_dissolved", "died, or no longer exists", _("died, or no longer exists")


class Property(Vocabulary):
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
    PROCEEDINGS = "proceedings", "whether there are legal proceedings", _("legal proceedings")
    VISION = "vision", "a stated vision", _("vision")


class UnknownReason(Vocabulary):
    NOT_IN_SOURCE = "not_in_source", "every work on the way is held in full", _("the source does not say")
    NOT_IN_OUR_COPY = "not_in_our_copy", "our copy is partial", _("not in the part we hold")
    NOT_HELD = "not_held", "we know the work only through others", _("we do not hold the work itself")
    SEARCHED_NOT_FOUND = "searched_not_found", "we looked and did not find it", _("searched for, not found")
    NOT_SEARCHED = "not_searched", "we have not looked", _("we have not looked; do not conclude that there is none")
    REFUSED = "refused", "the body would not say", _("the body would not say")
    ASKED_NO_ANSWER = "asked_no_answer", "asked, and nobody answered", _("asked, without an answer")
    NONE_EXISTS = "none_exists", "the words say that there is none", _("there is none, as the words say")
    WITHHELD = "withheld", "known to us, not published", _("withheld")
    NOT_APPLICABLE = "not_applicable", "does not arise", _("not applicable")


# Reasons that rest on words: that it was refused, that nobody answered, that there is none
EVIDENCED = (UnknownReason.REFUSED, UnknownReason.ASKED_NO_ANSWER, UnknownReason.NONE_EXISTS)
