"""The closed list of what a section of a source is."""

from django.utils.translation import gettext_lazy as _

from sources.vocabularies import Vocabulary


class SectionRole(Vocabulary):
    """What a section of a source is, which tells as what its words are said."""

    OPENING = "opening", "who stands trial, is audited or is written to, and what went before", _("opening")
    CHARGE = "charge", "what the prosecution charges (dakwaan), also as a ruling retells it", _("prosecution's charge")
    DEMAND = "demand", "what the prosecution asks the court for (tuntutan); never a penalty", _("prosecution's demand")
    DEFENCE = "defence", "what the defendant or counsel says", _("defence")
    WITNESS_TESTIMONY = "witness_testimony", "what one witness says", _("testimony of a witness")
    EXPERT_TESTIMONY = "expert_testimony", "what one expert says", _("testimony of an expert")
    FACTS = "facts", "what the court holds to be facts (fakta hukum)", _("facts as the court finds them")
    CONSIDERATIONS = (
        "considerations",
        "why the court decides as it does (pertimbangan)",
        _("considerations of the court"),
    )
    RULING = "ruling", "what the court decides (amar)", _("operative part of the ruling")
    FINDING = "finding", "what an auditor or inspector finds", _("finding of an audit")
    REPLY = "reply", "what the audited or criticised body answers", _("reply of the body concerned")
    RECOMMENDATION = "recommendation", "what an auditor or inspector asks to be done", _("recommendation of an audit")
    HEADLINE = "headline", "a headline, which may say more than the text below it", _("headline")
    BODY = "body", "the source's own text", _("text of the source itself")
    COMMENTS = "comments", "what readers wrote below it: not the source's words", _("comments of readers")
    BESIDE = "beside", "links, advertising, running lines: not of this text", _("words beside the text")


# Of words that the source does not say
NOT_OF_THE_SOURCE = (SectionRole.COMMENTS, SectionRole.BESIDE)
