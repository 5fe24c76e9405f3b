"""Dossiers that break a rule of fairness, each with where and how that is told; and fair ones that look alike."""

from collections.abc import Callable
from typing import Any, NamedTuple

from tests.dossiers.samples import Dossiers, cite, claim, make_dossiers, people, title

CASE, COLLABORATION, ACTOR, SYSTEM = (
    "cases/cctv-contoh",
    "collaborations/contoh-misal",
    "actors/pt-misal",
    "systems/aplikasi-contoh",
)
WORDS = "PT Misal (PTM) menjawab"


class Fault(NamedTuple):
    """A fault to be put into the sample: which rule it breaks, how, in which document, where, and what is said."""

    rule: str
    change: Callable[[Dossiers], Any]
    item: str
    where: str
    message: str


def person(name: str) -> dict[str, Any]:
    return people(title=title(f"Orang {name}"), actor_kind="person")


def stage(name: str) -> dict[str, Any]:
    """A step of the proceeding of one person."""
    parties = [{"part": "defendant", "who": f"actors/orang-{name}"}]
    detail = {"stage": "named_suspect"}
    return claim(f"stage-{name}", cite(WORDS), kind="stage", start="2023-04", parties=parties, stage=detail)


def verdict(name: str, outcome: str = "convicted") -> dict[str, Any]:
    return stage(name) | {"key": f"verdict-{name}", "stage": {"stage": "verdict", "outcome": outcome}}


def penalty(name: str, *cites: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A prison term of one person, which no number states."""
    parties = [{"part": "defendant", "who": f"actors/orang-{name}"}, {"part": "authority", "as_stated": "pengadilan"}]
    given = {"kind": "penalty", "start": "2023-04", "parties": parties, "statement": {"en": "Prison."}}
    detail = {"kind": "prison", "measure": title("penjara")}
    return claim(f"penalty-{name}", *(cites or (cite("Kota Contoh bekerja"),)), **given | {"penalty": detail} | fields)


def demand(name: str) -> dict[str, Any]:
    """What the prosecution asked for, in the words that `penalty` may be given."""
    asked = {"key": f"demand-{name}", "stage": {"stage": "sentence_demanded"}, "cites": [cite("has the potential")]}
    return stage(name) | asked


def said_of(*names: str, text: dict[str, str], parts: tuple[str, ...] = ("named",), **fields: Any) -> dict[str, Any]:
    parties = [{"part": part, "who": f"actors/orang-{name}"} for name, part in zip(names, parts * 9, strict=False)]
    return claim("said", cite(WORDS), statement=text, parties=parties, **fields)


def with_people(dossiers: Dossiers, *claims: dict[str, Any]) -> None:
    for name in ("a", "b"):
        dossiers[f"actors/orang-{name}"] = person(name)
    dossiers[CASE]["claims"] += claims


def claim_of(dossiers: Dossiers, number: int, name: str = CASE) -> dict[str, Any]:
    found: dict[str, Any] = dossiers[name]["claims"][number]
    return found


def unknown(dossiers: Dossiers, name: str = CASE, **fields: str) -> None:
    dossiers[name]["unknowns"].append({"reason": "not_in_source"} | fields)


SUSPECT = {"id": "Ia seorang tersangka.", "en": "He stands there."}
CONVICTED = {"id": "Ia berdiri di sana.", "en": "He was convicted."}
LONG = "x" * 201
STAGE_IS_NEEDED = "needs a dated legal stage of the same person"
FAULTS = {
    "an accusation that is stated": Fault(
        "accusations_stay_accusations",
        lambda d: claim_of(d, 2).update(parties=[{"part": "accused", "who": "actors/pt-misal"}]),
        CASE,
        "claim “Pernyataan reply.”",
        "alleged at most",
    ),
    "a defendant outside a stage": Fault(
        "accusations_stay_accusations",
        lambda d: claim_of(d, 2).update(parties=[{"part": "defendant", "who": "actors/pt-misal"}]),
        CASE,
        "claim “Pernyataan reply.”",
        "A defendant stands in a step of a proceeding",
    ),
    "a decision that is read in a thesis": Fault(
        "decided_is_read_in_the_instrument",
        lambda d: claim_of(d, 1).update(standing="decided"),
        CASE,
        "claim “Pernyataan complaints.”",
        "the ruling, regulation or contract itself",
    ),
    "a bribe that no words call so": Fault(
        "grave_words_are_the_sources_own",
        lambda d: claim_of(d, 0)["transfer"].update(kind="bribe"),
        CASE,
        "claim “Pernyataan cash.”",
        "uses the word “bribe”",
    ),
    "a suspect in a title": Fault(
        "legal_words_have_a_stage",
        lambda d: d[CASE]["title"].update(id="Tersangka CCTV"),
        CASE,
        "title.id",
        "never anyone's legal status",
    ),
    "a convict in an English title": Fault(
        "legal_words_have_a_stage",
        lambda d: d[CASE]["title"].update(en="The convicted of CCTV"),
        CASE,
        "title.en",
        "never anyone's legal status",
    ),
    "a suspect in a statement": Fault(
        "legal_words_have_a_stage",
        lambda d: with_people(d, said_of("a", text=SUSPECT)),
        CASE,
        "claim “Ia seorang tersangka.”",
        STAGE_IS_NEEDED,
    ),
    "a convict in an English statement": Fault(
        "legal_words_have_a_stage",
        lambda d: with_people(d, said_of("a", text=CONVICTED)),
        CASE,
        "claim “Ia berdiri di sana.”",
        STAGE_IS_NEEDED,
    ),
    "a suspect beside the stage of another person": Fault(
        "legal_words_have_a_stage",
        lambda d: with_people(d, stage("b"), said_of("a", text=SUSPECT)),
        CASE,
        "claim “Ia seorang tersangka.”",
        STAGE_IS_NEEDED,
    ),
    "two suspects of whom one has a stage": Fault(
        "legal_words_have_a_stage",
        lambda d: with_people(d, stage("b"), said_of("a", "b", text=SUSPECT)),
        CASE,
        "claim “Ia seorang tersangka.”",
        STAGE_IS_NEEDED,
    ),
    "a suspect whom nobody names beside the stage of another": Fault(
        "legal_words_have_a_stage",
        lambda d: with_people(d, stage("b"), said_of(text=SUSPECT)),
        CASE,
        "claim “Ia seorang tersangka.”",
        STAGE_IS_NEEDED,
    ),
    "a suspect in an alias": Fault(
        "legal_words_have_a_stage",
        lambda d: d[ACTOR]["aliases"].append({"name": "Tersangka PTM", "kind": "short", "cite": cite("PT Misal")}),
        ACTOR,
        "alias “Tersangka PTM”",
        STAGE_IS_NEEDED,
    ),
    "an English alias beside the stage of another person": Fault(
        "legal_words_have_a_stage",
        lambda d: (
            with_people(d),
            d["actors/orang-a"].update(
                aliases=[{"name": "The defendant", "kind": "short", "cite": cite("PT Misal")}],
                claims=[stage("b")],
            ),
        ),
        "actors/orang-a",
        "alias “The defendant”",
        STAGE_IS_NEEDED,
    ),
    "a prison term of somebody whom no court convicted": Fault(
        "criminal_penalties_follow_a_conviction",
        lambda d: with_people(d, stage("a"), verdict("a", "acquitted"), penalty("a")),
        CASE,
        "claim “Prison.”",
        "only beside a dated verdict that convicts the same person",
    ),
    "a prison term beside the conviction of another": Fault(
        "criminal_penalties_follow_a_conviction",
        lambda d: with_people(d, verdict("b"), penalty("a")),
        CASE,
        "claim “Prison.”",
        "only beside a dated verdict that convicts the same person",
    ),
    "a prison term of nobody": Fault(
        "criminal_penalties_follow_a_conviction",
        lambda d: with_people(d, verdict("a"), penalty("a", parties=[{"part": "authority", "as_stated": "hakim"}])),
        CASE,
        "claim “Prison.”",
        "names on whom it is imposed",
    ),
    "a sanction of no body": Fault(
        "administrative_penalties_name_the_body",
        lambda d: (
            with_people(d, penalty("a", parties=[], penalty={"kind": "administrative", "measure": title("teguran")})),
            unknown(d, claim="penalty-a", property="authority", reason="not_in_our_copy"),
        ),
        CASE,
        "claim “Prison.”",
        "names the body that imposed it",
    ),
    "a demand as a penalty, by its words": Fault(
        "demands_are_no_penalties",
        lambda d: with_people(d, verdict("a"), penalty("a", cite("has the potential")), demand("a")),
        CASE,
        "claim “Prison.”",
        "What was demanded is the step",
    ),
    "a penalty that is only alleged": Fault(
        "demands_are_no_penalties",
        lambda d: with_people(d, verdict("a"), penalty("a", standing="alleged")),
        CASE,
        "claim “Prison.”",
        "its claim is stated or decided",
    ),
    "a silence of a source that we hold in part": Fault(
        "unknowns_say_what_we_can_know",
        lambda d: unknown(d, claim="cash", property="election"),
        CASE,
        "claim “Pernyataan cash.” › unknowns",
        "“election” is “not_in_our_copy”",
    ),
    "a silence of a work that we know through others": Fault(
        "unknowns_say_what_we_can_know",
        lambda d: unknown(d, claim="complaints", property="method"),
        CASE,
        "claim “Pernyataan complaints.” › unknowns",
        "“method” is “not_held”",
    ),
    "a silence of all works of a dossier": Fault(
        "unknowns_say_what_we_can_know",
        lambda d: unknown(d, COLLABORATION, property="cost"),
        COLLABORATION,
        "unknowns",
        "“cost” is “not_in_our_copy”",
    ),
    "a headline that is too long": Fault(
        "headlines_are_short",
        lambda d: claim_of(d, 0)["statement"].update(id=LONG),
        CASE,
        "lead",
        "at most 200 characters in each language",
    ),
    "a headline that is too long in English": Fault(
        "headlines_are_short",
        lambda d: claim_of(d, 0, COLLABORATION)["statement"].update(en=LONG),
        COLLABORATION,
        "lead",
        "at most 200 characters in each language",
    ),
    "an answer without its words": Fault(
        "replies_rest_on_words",
        lambda d: d[CASE]["responses"][0].pop("cites"),
        CASE,
        "responses PT Misal",
        "Say it with its words",
    ),
    "what a source tells of an answer, without its words": Fault(
        "replies_rest_on_words",
        lambda d: d[CASE].update(
            responses=[
                {"key": "r", "who": "actors/pt-misal", "state": "asked_by_source", "note": title("Diam saja.")},
            ]
        ),
        CASE,
        "responses PT Misal",
        "Say it with its words",
    ),
}
FAIR: dict[str, Callable[[Dossiers], Any]] = {
    "the sample": lambda d: None,
    "a suspect with a stage of their own": lambda d: with_people(d, stage("a"), said_of("a", text=SUSPECT)),
    "a convict with one, in English": lambda d: with_people(d, stage("a"), said_of("a", text=CONVICTED)),
    "a stage of somebody whom nobody names": lambda d: d[CASE]["claims"].append(
        claim(
            "unnamed",
            cite(WORDS),
            kind="stage",
            start="2023-04",
            parties=[{"part": "defendant", "as_stated": "seorang pejabat"}],
            stage={"stage": "named_suspect"},
            statement=SUSPECT,
        )
    ),
    "whoever says it, or acts with legal power, needs no stage": lambda d: with_people(
        d,
        stage("a"),
        said_of("a", "b", parts=("named", "authority"), text=SUSPECT, said_by={"actor": "actors/orang-b"}),
    ),
    "a prison term of somebody whom a court convicted": lambda d: with_people(d, verdict("a"), penalty("a")),
    "a sanction of a body, without a court": lambda d: with_people(
        d, penalty("a", penalty={"kind": "administrative", "measure": title("teguran")})
    ),
    "an alias of somebody with a stage of their own": lambda d: (
        with_people(d),
        d["actors/orang-a"].update(
            aliases=[{"name": "Terdakwa A", "kind": "short", "cite": cite("PT Misal")}], claims=[stage("a")]
        ),
    ),
    "a word that only contains a legal one": lambda d: claim_of(d, 2)["statement"].update(en="He is suspected."),
    "a headline of 200 characters": lambda d: claim_of(d, 0)["statement"].update(id="x" * 200, en="y" * 200),
    "a long statement that is no headline": lambda d: claim_of(d, 2)["statement"].update(id=LONG),
    "a long lead of a system": lambda d: claim_of(d, 0, SYSTEM)["statement"].update(id=LONG),
    "a statement in one language": lambda d: claim_of(d, 0)["statement"].pop("en"),
    "a reply that nobody asked for": lambda d: d[CASE]["responses"].append(
        {"key": "n", "who": "actors/pemkot-contoh", "state": "not_asked", "not_asked_because": "document_only"}
    ),
}


def made(change: Callable[[Dossiers], Any]) -> Dossiers:
    dossiers = make_dossiers()
    change(dossiers)
    return dossiers
