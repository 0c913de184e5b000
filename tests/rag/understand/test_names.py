"""Laws and cases called by name: every alias of every law of the corpus, and the short forms that people use."""

import pytest

from corpus import Catalogue
from rag.model import Question
from rag.understand import Reader
from rag.understand.names import synonyms

ALIASES = [
    (alias, document.id)
    for document in Catalogue.load().documents.values()
    if document.kind in {"statute", "regulation", "bill", "treaty"}
    for alias in document.aliases
]


@pytest.mark.parametrize(("alias", "document"), ALIASES)
def test_each_alias_of_each_law(reader: Reader, alias: str, document: str) -> None:
    assert document in reader.read(Question(question=f"What does {alias} say about deepfakes?")).documents


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("TAKE IT DOWN Act", "us-take-it-down-act-offences"),
        ("take it down act", "us-take-it-down-act-platforms"),
        ("the Take-It-Down Act", "us-take-it-down-act-offences"),
        ("TIDA", "us-take-it-down-act-offences"),
        ("TIDA", "us-take-it-down-act-platforms"),
        ("defiance act", "us-defiance-act"),
        ("the ENFORCE Act", "us-enforce-act"),
        ("STOP CSAM", "us-stop-csam-act"),
        ("NO FAKES", "us-no-fakes-act"),
        ("the PROTECT Act", "us-protect-act-2003"),
        ("the REPORT Act", "us-18-usc-2258a"),
        ("Masha's Law", "us-18-usc-2255"),
        ("mashas law", "us-18-usc-2255"),
        ("Brooke’s Law", "us-fl-stat-836-13"),
        ("section 230", "us-47-usc-230"),
        ("CDA 230", "us-47-usc-230"),
        ("AVAA", "us-18-usc-2259"),
        ("the CPPA", "us-ashcroft-v-free-speech-coalition"),
        ("the OSA", "gb-online-safety-act-2023"),
        ("OSA 2023", "gb-online-safety-act-2023"),
        ("the UK's Online Safety Act", "gb-online-safety-act-2023"),
        ("Australia's Online Safety Act", "au-online-safety-act-2021"),
        ("the DUA Act", "gb-sexual-offences-act-2003-s66e-66f"),
        ("DUAA", "gb-sexual-offences-act-2003-s66e-66f"),
        ("the Data (Use and Access) Act 2025", "gb-sexual-offences-act-2003-s66e-66f"),
        ("PCA 1978", "gb-protection-of-children-act-1978"),
        ("the Dangerous Cartoons Act", "gb-coroners-justice-act-2009-prohibited-images"),
        ("the DSA", "eu-dsa"),
        ("the AI Act", "eu-ai-act"),
        ("the EU's ai act", "eu-ai-act"),
        ("AIA", "eu-ai-act"),
        ("gdpr", "eu-gdpr"),
        ("chat control", "eu-com-2022-209-csa-regulation"),
        ("Coco's Law", "ie-harassment-harmful-communications-act-2020"),
        ("cocos law", "ie-harassment-harmful-communications-act-2020"),
        ("Coco’s law", "ie-harassment-harmful-communications-act-2020"),
        ("Ley Olimpia", "mx-ley-olimpia"),
        ("ECA Digital", "br-lei-15211-2025"),
        ("POCSO", "in-pocso-act"),
        ("PECA", "pk-peca-s21-s22"),
        ("HDCA", "nz-hdc-act-2015"),
        ("APCY", "kr-apcy-art-11"),
        ("the Nth Room Prevention Act", "kr-telecommunications-business-act-art-22-5"),
        ("Lex Teichtmeister", "at-stgb-207a"),
        ("the SREN law", "fr-cp-226-8-1"),
        ("Lanzarote Convention", "int-coe-lanzarote-convention"),
        ("the Budapest convention", "int-coe-budapest-convention"),
        ("the Hanoi Convention", "int-un-cybercrime-convention"),
        ("Bill C-16", "ca-protecting-victims-act-2026"),
        # decisions
        ("Ashcroft v. Free Speech Coalition", "us-ashcroft-v-free-speech-coalition"),
        ("ashcroft v free speech coalition", "us-ashcroft-v-free-speech-coalition"),
        ("Ashcroft", "us-ashcroft-v-free-speech-coalition"),
        ("Osborne v. Ohio", "us-osborne-v-ohio"),
        ("Osborne versus Ohio", "us-osborne-v-ohio"),
        ("Stanley vs. Georgia", "us-stanley-v-georgia"),
        ("Ferber", "us-new-york-v-ferber"),
        ("the Miller test", "us-miller-v-california"),
        ("US v. Anderegg", "us-united-states-v-anderegg"),
        ("the Anderegg ruling", "us-united-states-v-anderegg"),
        ("R v Sharpe", "ca-case-sharpe-2001"),
        ("R. v. Sharpe", "ca-case-sharpe-2001"),
        ("Senneville", "ca-case-senneville-2025"),
        ("Larouche", "ca-case-larouche-2023"),
        ("R v Nelson", "gb-r-v-nelson-2024"),
        ("the Hugh Nelson case", "gb-r-v-nelson-2024"),
        ("the Simpsons cartoon case", "au-case-mcewen-v-simmons-2008"),
        ("eSafety v Rotondo", "au-case-rotondo-2025"),
        ("Rotondo", "au-case-rotondo-2025"),
        ("Soderman", "int-echr-soderman-sweden"),
        ("Söderman v Sweden", "int-echr-soderman-sweden"),
        ("K.U. v. Finland", "int-echr-ku-finland"),
        ("the Russmedia judgment", "eu-cjeu-russmedia-2025"),
        ("Mangamålet", "se-nja-2012-s-400"),
        ("the Busan case", "kr-busan-district-court-2023-ai-images"),
        ("the Busan AI case", "kr-busan-district-court-2023-ai-images"),
        ("the Goyang acquittal", "kr-goyang-2025-acquittal-fictional-person"),
        ("the Almendralejo case", "es-almendralejo-2024"),
        ("the Glasgow case", "gb-sct-glasgow-deepfake-fine-2025"),
        ("the Tralee case", "ie-tralee-ai-possession-2026"),
        ("the Nagoya case", "jp-nagoya-district-court-2026-ai-images"),
        ("the Liège case", "be-liege-2024-deepnudes"),
        ("the Grok affair", "int-grok-x-2026"),
        ("the Grok scandal", "int-grok-x-2026"),
        ("caso Almendralejo", "es-almendralejo-2024"),
        # services
        ("NCMEC", "us-ncmec-cybertipline"),
        ("StopNCII", "gb-stopncii"),
        ("Stop It Now", "gb-stop-it-now"),
        ("HateAid", "de-hateaid"),
        ("the IWF", "gb-iwf-hotline"),
    ],
)
def test_names_as_people_type_them(reader: Reader, text: str, document: str) -> None:
    assert document in reader.read(Question(question=f"What does {text} say?")).documents


@pytest.mark.parametrize(
    "text",
    [
        "What is the law on deepfakes?",
        "he lived in a stanley tent",
        "Is a report of it an act of protest?",
        "who is the minister of police",
        "a girl and a grok",
        "defiance of the law",
        "protect my child",
        "how do I report it",
        "please take it down",
        "they take it down after a week",
        "no fakes please",
    ],
)
def test_ordinary_words_name_no_document(reader: Reader, text: str) -> None:
    assert reader.read(Question(question=text)).documents == ()


def test_the_place_chooses_between_laws_of_one_name(reader: Reader) -> None:
    read = {
        place: reader.read(Question(question=f"What does the Online Safety Act of {place} say?")).documents
        for place in ("the UK", "Australia")
    }
    assert read["the UK"] == ("gb-online-safety-act-2023",)
    assert read["Australia"] == ("au-online-safety-act-2021",)


@pytest.mark.parametrize(
    ("text", "searched"),
    [
        ("What does TIDA say?", "What does TIDA say? (TAKE IT DOWN Act)"),
        ("What does TIDA, the TAKE IT DOWN Act, say?", "What does TIDA, the TAKE IT DOWN Act, say?"),
        ("What does the TAKE IT DOWN Act say?", "What does the TAKE IT DOWN Act say?"),
        ("What is the law?", "What is the law?"),
    ],
)
def test_the_full_name_is_searched_with_the_nickname(reader: Reader, text: str, searched: str) -> None:
    assert reader.read(Question(question=text)).question == searched


def test_every_synonym_stands_for_a_name_of_the_corpus(catalogue: Catalogue) -> None:
    known = {name for document in catalogue.documents.values() for name in document.names}
    assert {full for names in synonyms().values() for full in names} <= known
