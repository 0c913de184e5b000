"""Read what kind of answer is wanted, which conduct it is about, whom it protects and which days it names."""

import re

INTENTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (intent, re.compile(pattern, re.IGNORECASE))
    for intent, pattern in (
        (
            "help",
            r"\b(?:where|who|how) can .*\b(?:help|turn to|report|call|contact|complain)\b|\bhelp ?lines?\b|\bhot ?lines?\b",
        ),
        (
            "penalty",
            r"\bpenalt|\bpunish|\bsentenc|\bprison|\bjail|\bhow (?:long|many years|much time)\b|\bmax(?:imum)?\b|\bminimum\b"
            r"|\bfine[sd]?\b(?!-tun)|\bimprison|\byears? (?:can|could|do|would)|\bbehind bars\b|\bget for\b|\bimpose[ds]?\b|\bgraded?\b|\b(?:got|get|gets|received?) (?:longer|more|less|shorter)\b|\b(?:stricter|tougher|harsher|heavier|more severe)\b|\bwhat (?:can|could|do|would|will|does|did) \w+ (?:get|face|risk)\b|\btime (?:in|behind)\b|\bface[sd]?\b",
        ),
        (
            "status",
            r"\bin force\b|\bstill (?:law|valid|good law|pending|in)\b|\bstatus\b|\bhas .* (?:passed|become|become law|been)\b"
            r"|(?<!when )\bdid .* pass\b|\bstruck down\b|\bpending\b|\bbecome law\b|\benacted\b|\bcurrently law\b|\bon appeal\b|\blaw yet\b"
            r"|\byet\b|\brepealed\b|\blapsed?\b|\bexpired?\b|\bwhere does .* stand\b",
        ),
        (
            "date",
            r"\bwhen\b|\b(?:came|come) first\b|\bdates?\b|\bsince when\b|\bwhat (?:date|day|year|month)\b|\bwhich year\b|\bhow (?:soon|recently)\b|\bdeadline\b",
        ),
        (
            "number",
            r"\bhow (?:many|much|fast|old|big|large|far)\b|\bhow long do(?:es)? .* have\b|\bmoney\b|\bdamages\b|\bside by side\b|\bwhat (?:share|percentage|proportion|number|amount)\b|\bfigures?\b|\bstatistics?\b|\bpercent",
        ),
        (
            "definition",
            r"\bdefin(?:e|es|ed|ition)\b|\bmean(?:s|ing)?\b|\bcounts? as\b|\bwhat (?:is|are) (?:a|an|the)? ?[\"“']?\w+[\"”']?\??$"
            r"|\bqualif(?:y|ies)\b|\bconsidered\b|\bwhat .*\bunder(?:stood)?\b",
        ),
        (
            "who",
            r"\bwho\b|\bwhom\b|\bwhose\b|\bwhich (?:court|judge|country|state|agency|company|platform|person|minister)\b",
        ),
        (
            "precedent",
            r"\bprecedent|\bruling|\bruled?\b|\bheld\b|\bhold(?:ing)?\b|\bcase(?:s|law)?\b|\bdecision|\bcourt|\bjudge|\bconvict|\bacquit"
            r"|\bprosecut",
        ),
        (
            "list",
            r"\bwhich (?:countries|states|laws|cases|courts|bills)\b|\blist\b|\bname (?:all|the|some)\b|\bexamples? of\b",
        ),
        (
            "yes-no",
            r"^(?:so |and |but |then )?(?:(?:in|on|before|after|since|under|as of|by|at) [^,?]*, )?(?:is|are|was|were|does|do|did|can|could|has|have|had|will|would|must|may|should|isn't|aren't|doesn't)\b",
        ),
    )
)

_LIST = re.compile(
    r"\b(?P<how>which|what|list|name|show|how many|examples? of|overview of|give me|tell me)\b(?: [\w-]+){0,3}? "
    r"(?P<noun>countries|nations|states|provinces|jurisdictions|laws|statutes|bills|treaties"
    r"|cases|decisions|judgments|judgements|rulings|convictions|precedents|prosecutions)\b(?!')",
    re.IGNORECASE,
)

_COMPARISON = re.compile(
    r"\bcompar(?:e|ed|ing|ison)\b|\bdiffer(?:s|ent|ence|ences)?\b|\bversus\b|\bvs\.?\s|\b(?:both|either) .* (?:and|or)\b"
    r"|\b(?:stricter|tougher|harsher|longer|higher|heavier|more severe|stronger|weaker)\b|\bwhich (?:is|of|has|one)\b.*\bor\b",
    re.IGNORECASE,
)

_CONDUCT: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (conduct, re.compile(pattern, re.IGNORECASE))
    for conduct, pattern in (
        ("produce", r"\b(?:creat|produc|generat|mak(?:e|es|ing)\b|made\b|manufactur|morph)"),
        (
            "possess",
            r"\b(?:possess|own(?:s|ing)?\b|having\b|hold(?:s|ing)?\b|keep(?:s|ing)?\b|stor(?:e|es|ing)\b|download)",
        ),
        ("access", r"\b(?:access|view|watch|look(?:s|ing)? at)"),
        (
            "distribute",
            r"\b(?:distribut|shar(?:e|es|ed|ing)\b|publish|post(?:s|ed|ing)?\b|spread|send(?:s|ing)?\b|sent\b|disseminat|circulat|upload|disclos)",
        ),
        ("advertise", r"\badvert"),
        ("request", r"\b(?:request|commission|ask(?:s|ed|ing)? (?:someone|somebody|others|for)|order(?:s|ed|ing)? )"),
        ("threaten", r"\b(?:threat|blackmail|sextort|extort)"),
        ("solicit", r"\b(?:solicit|pander|groom)"),
        ("provide-tools", r"\b(?:nudif|undress|tool|app\b|apps\b|software|generator|manual)"),
        ("train-model", r"\b(?:train(?:s|ed|ing)?\b|fine-?tun|model)"),
        (
            "platform-duty",
            r"\b(?:platform|take ?down|remov|compan(?:y|ies)|social media|provider|website|site[s]?\b|48 ?h)",
        ),
        ("labelling-duty", r"\b(?:label|watermark|transparen)"),
        ("reporting-duty", r"\b(?:report(?:ing)? (?:duty|obligation)|must report|required to report|mandatory report)"),
        ("civil-remedy", r"\b(?:sue|civil|damages|compensat|lawsuit|injunction|restitution)"),
        ("sentencing", r"\b(?:sentenc|guideline)"),
        ("definition", r"\b(?:defin|mean(?:s|ing)\b|counts? as)"),
        ("victim-support", r"\b(?:help|support|helpline|hotline|victim)"),
    )
)

_MADE = re.compile(
    r"\b(?:AI|computer|artificially|digitally)[- ](?:generated|made|created|altered|manipulated)\b", re.IGNORECASE
)

_MINORS = re.compile(
    r"\b(?:child|children|minors?|kids?|teen\w*|pupils?|(?<!law )(?<!university )(?<!college )students?|school\w*|girls?|boys?|under[- ]?(?:18|age)|csam|csem|juveniles?|"
    r"toddlers?|infants?|classmates?|iioc|paedo\w*|pedo\w*)\b",
    re.IGNORECASE,
)
_ADULTS = re.compile(
    r"\b(?:adults?|wom[ae]n|celebrit\w+|ex|wife|girlfriend|colleagues?|politicians?|intimate images?|ncii|"
    r"revenge porn\w*|over 18)\b",
    re.IGNORECASE,
)

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ],
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATES = re.compile(
    rf"\b(?P<iso>(?:19|20)\d\d-\d\d(?:-\d\d)?)\b"
    rf"|\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})\.?,?\s+(?P<year>(?:19|20)\d\d)\b"
    rf"|\b(?P<month2>{_MONTH})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>(?:19|20)\d\d)\b"
    rf"|\b(?P<month3>{_MONTH})\.?,?\s+(?:of\s+)?(?P<year3>(?:19|20)\d\d)\b"
    rf"|(?<![\w./\-§])(?<!§ )(?P<year4>(?:19|20)\d\d)(?![\w/\-])",
    re.IGNORECASE,
)


def read_intent(text: str) -> str:
    """Return the kind of answer that is wanted; "fact" where nothing else fits. The first rule that fits decides."""
    for intent, pattern in INTENTS:
        if pattern.search(text):
            return intent
    return "fact"


def asks_yes_or_no(text: str) -> bool:
    """Whether a text can be answered with yes or no, whatever else it asks."""
    return bool(dict(INTENTS)["yes-no"].search(text))


def asks_for_list(text: str) -> re.Match[str] | None:
    """Return how a text asks for a list (`how`) and what of (`noun`: countries, states, laws, cases, …), or None."""
    return _LIST.search(text)


def is_comparison(text: str) -> bool:
    """Whether a text asks to compare; what of, the intent says."""
    return bool(_COMPARISON.search(text))


def read_conduct(text: str) -> list[str]:
    """Return the kinds of conduct that a text speaks of, in the vocabulary of the front matter."""
    return [conduct for conduct, pattern in _CONDUCT if pattern.search(text)]


def without_manner(text: str) -> str:
    """Return a text with "AI-generated" and its like as "AI", so that how images came about is no act of the question."""
    return _MADE.sub("AI", text)


def read_protects(text: str) -> list[str]:
    """Return whom a text speaks of: minors, adults, both or neither."""
    found = []
    if _MINORS.search(text):
        found.append("minors")
    if _ADULTS.search(text):
        found.append("adults")
    return found


def read_dates(text: str) -> list[str]:
    """Return the dates of a text as YYYY, YYYY-MM or YYYY-MM-DD, in the order of the text."""
    found = []
    for match in _DATES.finditer(text):
        parts = match.groupdict()
        if parts["iso"]:
            found.append(parts["iso"])
            continue
        year = parts["year"] or parts["year2"] or parts["year3"] or parts["year4"]
        month = parts["month"] or parts["month2"] or parts["month3"]
        day = parts["day"] or parts["day2"]
        date = year
        if month:
            date += f"-{_MONTHS[month.casefold()]:02d}"
            if day and 1 <= int(day) <= 31:
                date += f"-{int(day):02d}"
        found.append(date)
    return list(dict.fromkeys(found))
