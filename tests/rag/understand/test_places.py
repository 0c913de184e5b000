"""Which jurisdictions a question names: every one of the corpus, as people write them and as they misspell them."""

import pytest

from corpus import Catalogue
from corpus.jurisdictions import gazetteer
from rag.model import Question
from rag.understand import Reader
from rag.understand.places import read_places

UK = ("GB", "GB-SCT", "GB-NIR")
CODES = sorted({document.jurisdiction for document in Catalogue.load().documents.values()} - {"INT"})
STATES = sorted(code for code in gazetteer() if code.startswith(("US-", "CA-", "AU-")) and code != "US-GA")
WHOLE = {"GB": UK, "GB-ENG": ("GB",), "GB-WLS": ("GB",)}


def _places(reader: Reader, text: str) -> tuple[str, ...]:
    return reader.read(Question(question=text)).jurisdictions


@pytest.mark.parametrize("code", sorted({*CODES, *STATES, "GB-ENG", "GB-WLS"}))
def test_name_and_demonym_of_each_jurisdiction(reader: Reader, code: str) -> None:
    entry = gazetteer()[code]
    expected = WHOLE.get(code, (code,))
    assert _places(reader, f"What does the law of {entry.name} say about deepfakes?") == expected
    for demonym in entry.demonyms[:1]:
        assert _places(reader, f"What does {demonym} law say about deepfakes?") == expected


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        # lower case and accents
        ("what is the law in germany on deepfakes", ("DE",)),
        ("deepfake porn in south korea", ("KR",)),
        ("the korean law on deepfakes", ("KR",)),
        ("is it illegal in new zealand", ("NZ",)),
        ("is it illegal in the netherlands", ("NL",)),
        ("dutch law on virtual child pornography", ("NL",)),
        ("law of Quebec", ("CA-QC",)),
        ("law of Québec", ("CA-QC",)),
        ("nsw deepfake offence", ("AU-NSW",)),
        ("is it a crime in south australia?", ("AU-SA",)),
        ("what about british columbia", ("CA-BC",)),
        ("hong kong revenge porn", ("HK",)),
        ("AI images in japan", ("JP",)),
        ("the Philippines", ("PH",)),
        ("what do filipino courts say", ("PH",)),
        # the whole and its parts
        ("the law of the UK", UK),
        ("the law of the U.K.", UK),
        ("british law", UK),
        ("Great Britain's law", UK),
        ("the United Kingdom's law", UK),
        ("England and Wales", ("GB",)),
        ("english law on deepfakes", ()),
        ("English law on deepfakes", ("GB",)),
        ("Scots law", ("GB-SCT",)),
        ("northern ireland", ("GB-NIR",)),
        ("Northern Ireland and Ireland", ("GB-NIR", "IE")),
        ("the EU", ("EU",)),
        ("the European Union", ("EU",)),
        ("European law on nudify apps", ("EU",)),
        # the United States and its traps
        ("in the US", ("US",)),
        ("in the us", ("US",)),
        ("under us law", ("US",)),
        ("within the us", ("US",)),
        ("in the U.S.", ("US",)),
        ("in the USA", ("US",)),
        ("in America", ("US",)),
        ("american federal law", ("US",)),
        ("tell us about the law of France", ("FR",)),
        ("tell us about deepfakes", ()),
        ("what can you tell us?", ()),
        ("help us please", ()),
        ("will they let us know", ()),
        ("Texas and California", ("US-TX", "US-CA")),
        ("new york", ("US-NY",)),
        ("new jersey deepfake law", ("US-NJ",)),
        ("New Jersey", ("US-NJ",)),
        ("Jersey law on indecent images", ("JE",)),
        ("Guernsey", ("GG",)),
        ("she wore a jersey", ()),
        ("washington state", ("US-WA",)),
        ("West Virginia", ("US-WV",)),
        ("Virginia", ("US-VA",)),
        ("north carolina", ("US-NC",)),
        ("New Mexico", ("US-NM",)),
        ("Mexico", ("MX",)),
        ("Indiana", ("US-IN",)),
        ("India", ("IN",)),
        # Georgia, twice
        ("Georgia's law on deepfakes", ("GE",)),
        ("the law of Georgia, Tbilisi", ("GE",)),
        ("Georgia and Texas", ("US-GA", "US-TX")),
        ("the state of Georgia", ("US-GA",)),
        ("the US state of Georgia", ("US-GA",)),
        ("Atlanta, Georgia", ("US-GA",)),
        ("What did Stanley v. Georgia decide?", ()),
        ("What did stanley v georgia decide?", ()),
        ("What did Osborne v. Ohio decide?", ()),
        ("New York v. Ferber", ()),
        ("Miller v. California", ()),
        ("KU v Finland", ()),
        # names that are words
        ("Turkey's penal code", ("TR",)),
        ("the turkey was dry", ()),
        ("Chad's law", ("TD",)),
        ("Jordan's cybercrime law", ("JO",)),
        ("the law of China", ("CN",)),
        ("fine china", ()),
        ("polish the text", ()),
        ("Polish law", ("PL",)),
        ("is there an act on this", ()),
        ("the ACT intimate images law", ("AU-ACT",)),
        # cities and treaties called after them
        ("a case from Busan", ("KR",)),
        ("a court in Melbourne", ("AU-VIC",)),
        ("a Glasgow court", ("GB-SCT",)),
        ("I live in Berlin", ("DE",)),
        ("a school in Almendralejo", ("ES",)),
        ("the Budapest Convention", ("INT",)),
        ("the Lanzarote Convention", ("INT",)),
        ("the Luxembourg Guidelines", ("INT",)),
        ("the Hanoi Convention", ("INT",)),
        ("a court in Luxembourg", ("LU",)),
        # misspelt
        ("deepfake law in Austrlia", ("AU",)),
        ("Scotish law", ("GB-SCT",)),
        ("the law of Denmrk", ("DK",)),
        ("Swedn", ("SE",)),
        ("Phillipines", ("PH",)),
        ("califronia law", ("US-CA",)),
        ("Singapor", ("SG",)),
        ("Germny", ("DE",)),
        ("Brasil", ("BR",)),
        ("Tenessee", ("US-TN",)),
        ("Pensylvania", ("US-PA",)),
        ("Massachusets", ("US-MA",)),
        ("Irland", ("IE",)),
        ("Itlay", ("IT",)),
        ("Norweigan law", ("NO",)),
        ("Minesota", ("US-MN",)),
        ("lousiana", ("US-LA",)),
        ("Untied States", ("US",)),
        ("West Virgina", ("US-WV",)),
        ("the law of South Austrlia", ("AU-SA",)),
        ("Untied Kingdom", UK),
        ("South Corea", ("KR",)),
        ("New Zeland", ("NZ",)),
        # words that are near a name and are none
        ("what is the maximum sentence", ()),
        ("is a cartoon a depiction?", ()),
        ("a chatbot and a chain of messages", ()),
        ("the mails that he sent", ()),
    ],
)
def test_places_as_people_type_them(reader: Reader, text: str, codes: tuple[str, ...]) -> None:
    assert _places(reader, text) == codes


def test_order_is_that_of_the_text(reader: Reader) -> None:
    assert _places(reader, "Compare Japan, Korea, then Japan again, and Denmark") == ("JP", "KR", "DK")


def test_masked_spans_and_known_words_are_left_out() -> None:
    text = "Georgia and Austrlia"
    assert read_places(text, ()) == ["GE", "AU"]
    assert read_places(text, (), [(0, 7)]) == ["AU"]
    assert read_places(text, {"austrlia"}) == ["GE"]
