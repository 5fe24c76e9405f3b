"""Closed lists about subjects: their kinds, the sorts of each kind, and the kinds of their aliases."""

from django.utils.translation import gettext_lazy as _

from sources.vocabularies import Vocabulary


class SubjectKind(Vocabulary):
    """What a claim can be about. Each kind is a model of its own."""

    CASE = "case", "something that went wrong, or is said to have", _("case")
    COLLABORATION = "collaboration", "a public body working with partners", _("collaboration")
    ACTOR = "actor", "a person, company, public body or group", _("actor")
    SYSTEM = "system", "an application, platform, programme or infrastructure", _("system")
    PLACE = "place", "an administrative area or neighbourhood", _("place")


class ActorKind(Vocabulary):
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


class SystemKind(Vocabulary):
    APP = "app", "an application for users", _("application")
    PLATFORM = "platform", "a platform that others build on", _("platform")
    PROGRAMME = "programme", "a programme of work", _("programme")
    SENSOR_NETWORK = "sensor_network", "cameras or sensors as one network", _("sensor network")
    COMMAND_CENTRE = "command_centre", "a control room", _("command centre")
    INFRASTRUCTURE = "infrastructure", "cables, points, servers", _("infrastructure")


class PlaceKind(Vocabulary):
    COUNTRY = "country", "a country", _("country")
    PROVINCE = "province", "a province", _("province")
    CITY = "city", "a kota", _("city")
    REGENCY = "regency", "a kabupaten", _("regency")
    DISTRICT = "district", "a kecamatan", _("district")
    VILLAGE = "village", "a kelurahan or desa", _("village")
    NEIGHBOURHOOD = "neighbourhood", "a kampung, RW or RT", _("neighbourhood")


class AliasKind(Vocabulary):
    SPELLING = "spelling", "another spelling", _("spelling")
    MISPRINT = "misprint", "a misprint in a source", _("misprint")
    ACRONYM = "acronym", "an acronym", _("acronym")
    INITIALS = "initials", "initials", _("initials")
    FORMER = "former", "a former name", _("former name")
    SHORT = "short", "a short form", _("short form")


class IdentifierScheme(Vocabulary):
    """By which register or list a number names something. No scheme is of people: NIK, NPWP and passports never."""

    NIB = "nib", "nomor induk berusaha, of a business", _("business number (NIB)")
    AHU = "ahu", "number of a legal entity at the Ministry of Law (AHU)", _("legal entity number (AHU)")
    LEI = "lei", "Legal Entity Identifier, ISO 17442", _("LEI")
    WIKIDATA = "wikidata", "an item of Wikidata", _("Wikidata item")
    ORG_ID = "org_id", "an organisation by the list org-id.guide", _("organisation number (org-id)")
    CASE_NUMBER = "case_number", "number of a case at a court or body", _("case number")
    TENDER_CODE = "tender_code", "code of a tender in SPSE", _("tender code")
    RUP = "rup", "code of a procurement plan in SiRUP", _("procurement plan code (RUP)")
    REGULATION_NUMBER = "regulation_number", "number and year of a regulation", _("regulation number")
