"""Relations in families, so that pages can order, group and colour them the same way everywhere."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Family:
    """Relations that a reader looks at together.

    Args:
        key: name of its class in the style sheet.
        label: its name for readers.
        relations: local names, the most telling first.
    """

    key: str
    label: str
    relations: tuple[str, ...]


FAMILIES = (
    Family(
        "taking-part",
        "Taking part",
        (
            "drives", "coDrives", "leads", "coLeads", "chairs", "viceChairs", "foundingMemberOf", "memberOf", "representedIn",
            "participatesIn", "partnerOf", "observerOf", "contactPointFor", "hasLiaisonBureauAt", "relatedInitiativeOf",
        ),
    ),
    Family(
        "cooperation",
        "Working together",
        (
            "cooperatesWith", "hasOperationalAgreementWith", "hasStrategicAgreementWith", "hasCooperationAgreementWith",
            "hasWorkingArrangementWith", "hasAgreementWith", "supports", "funds", "advises", "receivesReferralsFrom",
        ),
    ),
    Family(
        "responsibility",
        "Responsibility",
        (
            "responsibleFor", "implements", "coordinates", "directs", "steers", "monitors", "evaluates", "appoints", "reportsTo", "actsAs",
            "hosts", "operates", "operatesHotlineFor",
        ),
    ),
    Family("aim", "Aims", ("hasObjective", "targets", "adoptsPrioritiesOf")),
    Family("practice", "Practice", ("runsPractice", "provides", "organises", "publishes")),
    Family("law", "Law and agreements", ("partyTo", "ratified", "signed", "adopted", "initiated", "legalBasisOf")),
    Family("structure", "Structure", ("partOf", "established", "succeeds")),
    Family("subject", "Subjects", ("addresses", "concernsChannel")),
)  # fmt: skip
"""All families, in the order in which pages show them."""

OTHER = Family("other", "Other", ())
"""For a relation that no family names yet."""

_FAMILY_OF = {relation: family for family in FAMILIES for relation in family.relations}
_PLACE = {relation: place for place, relation in enumerate(_FAMILY_OF)}


def family_of(relation: str) -> Family:
    """The family of a relation."""
    return _FAMILY_OF.get(relation, OTHER)


def place_of(relation: str) -> int:
    """Where a relation stands in the order of pages."""
    return _PLACE.get(relation, len(_PLACE))
