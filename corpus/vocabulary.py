"""The closed vocabularies of the front matter, as `FORMAT.md` defines them."""

from typing import Literal, get_args

Kind = Literal[
    "statute", "regulation", "bill", "treaty", "case", "guidance", "report", "article", "platform-policy", "resource"
]
Status = Literal[
    "in-force",
    "enacted",
    "not-yet-in-force",
    "pending",
    "lapsed",
    "repealed",
    "struck-down",
    "final",
    "decided",
    "on-appeal",
    "overturned",
    "published",
    "superseded",
]
Protects = Literal["minors", "adults", "any"]
Synthetic = Literal["explicit", "covered", "disputed", "excluded", "not-addressed"]
Conduct = Literal[
    "produce",
    "possess",
    "access",
    "distribute",
    "advertise",
    "request",
    "threaten",
    "solicit",
    "provide-tools",
    "train-model",
    "platform-duty",
    "labelling-duty",
    "reporting-duty",
    "civil-remedy",
    "sentencing",
    "definition",
    "enforcement",
    "victim-support",
]
Outcome = Literal[
    "convicted",
    "acquitted",
    "dismissed",
    "reversed",
    "affirmed",
    "settled",
    "judgment",
    "injunction",
    "charged",
    "pleaded-guilty",
    "declared-invalid",
    "upheld",
    "filed",
]
DateKey = Literal["enacted", "effective", "amended", "introduced", "decided", "published", "signed", "repealed"]

KINDS: tuple[str, ...] = get_args(Kind)
STATUSES: tuple[str, ...] = get_args(Status)
PROTECTS: tuple[str, ...] = get_args(Protects)
SYNTHETIC: tuple[str, ...] = get_args(Synthetic)
CONDUCT: tuple[str, ...] = get_args(Conduct)
OUTCOMES: tuple[str, ...] = get_args(Outcome)

LAW_KINDS = frozenset({"statute", "regulation", "bill", "treaty"})

_LAW_STATUSES = frozenset({"in-force", "enacted", "not-yet-in-force", "pending", "lapsed", "repealed", "struck-down"})
_CASE_STATUSES = frozenset({"final", "decided", "on-appeal", "overturned", "pending"})
_OTHER_STATUSES = frozenset({"published", "superseded"})


def statuses_of(kind: str) -> frozenset[str]:
    """Return the statuses that a document of this kind may have."""
    if kind in LAW_KINDS:
        return _LAW_STATUSES
    return _CASE_STATUSES if kind == "case" else _OTHER_STATUSES
