"""Citations in the forms that people type, and the provision or document that each points at."""

import pytest

from rag.model import Question
from rag.understand import Reader
from rag.understand.citations import read_citations


@pytest.mark.parametrize(
    ("text", "form", "key", "parts"),
    [
        ("18 USC 2252A(b)(2)", "usc", "18 2252a", "(b)(2)"),
        ("18 U.S.C. § 2256", "usc", "18 2256", ""),
        ("18 U.S.C. §2256(8)(C)", "usc", "18 2256", "(8)(c)"),
        ("18 U.S.C. §§ 2259", "usc", "18 2259", ""),
        ("18 usc 1466a", "usc", "18 1466a", ""),
        ("18 U. S. C. 2251", "usc", "18 2251", ""),
        ("47 U.S.C. § 223(h)", "usc", "47 223", "(h)"),
        ("18 USC sec. 2258A", "usc", "18 2258a", ""),
        ("18 U.S. Code § 2256", "usc", "18 2256", ""),
        ("Pub. L. 119-12", "publ", "119 12", ""),
        ("Public Law 119-12", "publ", "119 12", ""),
        ("Public Law No. 119-12", "publ", "119 12", ""),
        ("Pub. L. No. 119–12", "publ", "119 12", ""),
        ("P.L. 119-12", "publ", "119 12", ""),
        ("HB 581", "bill", "hb 581", ""),
        ("H.B. 581", "bill", "hb 581", ""),
        ("HB581", "bill", "hb 581", ""),
        ("SB 163", "bill", "sb 163", ""),
        ("S.B. 163", "bill", "sb 163", ""),
        ("AB 1831", "bill", "ab 1831", ""),
        ("S. 146", "bill", "s 146", ""),
        ("H.R. 1941", "bill", "hr 1941", ""),
        ("HF 1606", "bill", "hf 1606", ""),
        ("C-63", "bill", "c 63", ""),
        ("PL 3066/2025", "bill", "pl 3066", ""),
        ("COM(2022) 209 final", "com", "2022 209", ""),
        ("Directive 2011/93/EU", "eu", "2011/93", ""),
        ("Regulation (EU) 2022/2065", "eu", "2022/2065", ""),
        ("regulation 2024/1689", "eu", "2024/1689", ""),
        ("[2001] 1 SCR 45", "report", "2001 1 scr 45", ""),
        ("[2008] NSWSC 1292", "report", "2008 nswsc 1292", ""),
        ("[2024] EWCA Crim 954", "report", "2024 ewcacrim 954", ""),
        ("[2001] QB 88", "report", "2001 qb 88", ""),
        ("section 66E", "section", "66e", ""),
        ("s 66E SOA", "section", "66e", ""),
        ("s. 66E", "section", "66e", ""),
        ("s66E", "section", "66e", ""),
        ("ss 66A", "section", "66a", ""),
        ("sec. 45", "section", "45", ""),
        ("section 163.1", "section", "163.1", ""),
        ("section 163.1.", "section", "163.1", ""),
        ("section 163.1(4)(a)", "section", "163.1", "(4)(a)"),
        ("§ 184b StGB", "section", "184b", ""),
        ("§184b Abs. 1 StGB", "section", "184b", ""),
        ("section 474.17A", "section", "474.17a", ""),
        ("section 2256(8)(B)", "section", "2256", "(8)(b)"),
        ("Art. 14-2", "article", "14-2", ""),
        ("Article 14-2", "article", "14-2", ""),
        ("art 14-2(1)", "article", "14-2", "(1)"),
        ("Article 197", "article", "197", ""),
        ("article 226-8-1", "article", "226-8-1", ""),
        ("Article 612-quater", "article", "612", ""),
        ("artículo 189", "article", "189", ""),
    ],
)
def test_form_number_and_subdivisions(text: str, form: str, key: str, parts: str) -> None:
    (citation,) = read_citations(f"What is the penalty under {text} today?")
    assert (citation.form, citation.key, citation.parts) == (form, key, parts)


@pytest.mark.parametrize(
    "text",
    [
        "What is the law?",
        "Is it illegal in 2023?",
        "children under 18",
        "It's 18 years",
        "Carlos 5 said so",
        "the 48-hour rule",
        "What's 5 times 5?",
        "it lasts 5 years",
        "act 5 of the play",
    ],
)
def test_what_is_no_citation(text: str) -> None:
    assert read_citations(text) == []


def test_each_in_the_order_of_the_text_and_read_once() -> None:
    text = "Compare section 66E with 18 U.S.C. § 2256(8) and Art. 14-2, then S. 146."
    assert [citation.form for citation in read_citations(text)] == ["section", "usc", "article", "bill"]


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("18 USC 2252A(b)(2)", "us-18-usc-2252a"),
        ("18 U.S.C. § 2256", "us-18-usc-2256"),
        ("18 usc 2259", "us-18-usc-2259"),
        ("18 U.S. Code § 2251", "us-18-usc-2251"),
        ("section 2258A", "us-18-usc-2258a"),
        ("47 U.S.C. 230", "us-47-usc-230"),
        ("47 USC 223(h)", "us-take-it-down-act-offences"),
        ("15 U.S.C. § 6851", "us-15-usc-6851"),
        ("10 USC 917a", "us-ucmj-art-117a-134"),
        ("Pub. L. 119-12", "us-take-it-down-act-offences"),
        ("Pub. L. 119-12", "us-take-it-down-act-platforms"),
        ("Public Law 108-21", "us-protect-act-2003"),
        ("S. 146", "us-take-it-down-act-offences"),
        ("S. 1837", "us-defiance-act"),
        ("S.1829", "us-stop-csam-act"),
        ("H.R. 1283", "us-protecting-children-ai-world-act"),
        ("HR 5090", "us-honor-act"),
        ("HB 581 of Texas", "us-tx-penal-code-21-165"),
        ("Ohio's SB 163", "us-oh-sb-163"),
        ("AB 1831", "us-ca-penal-code-311"),
        ("A.B. 602", "us-ca-civil-code-1708-86"),
        ("SB 926", "us-ca-penal-code-647-j-4"),
        ("HF 1606", "us-mn-stat-325e-91"),
        ("Bill C-34", "ca-bill-c-34-safe-social-media"),
        ("PL 3066/2025", "br-pl-3066-2025"),
        ("[2001] 1 SCR 45", "ca-case-sharpe-2001"),
        ("2001 SCC 2", "ca-case-sharpe-2001"),
        ("2025 SCC 33", "ca-case-senneville-2025"),
        ("[2008] NSWSC 1292", "au-case-mcewen-v-simmons-2008"),
        ("[2025] FCA 1191", "au-case-rotondo-2025"),
        ("[2024] EWCA Crim 954", "gb-r-v-jaycock-2024"),
        ("[1997] 2 All ER 548", "gb-r-v-fellows-arnold-1996"),
        ("535 U.S. 234", "us-ashcroft-v-free-speech-coalition"),
        ("458 US 747", "us-new-york-v-ferber"),
        ("C-492/23", "eu-cjeu-russmedia-2025"),
        ("COM(2022) 209", "eu-com-2022-209-csa-regulation"),
        ("2024Do17801", "kr-supreme-court-2024do17801"),
        ("CETS 201", "int-coe-lanzarote-convention"),
        ("Regulation (EU) 2022/2065", "eu-dsa"),
        ("regulation 2024/1689", "eu-ai-act"),
        ("Directive 2024/1385", "eu-directive-2024-1385"),
        ("Directive 2011/93/EU", "eu-directive-2011-93"),
        ("§ 184b StGB", "de-stgb-184b-184c"),
        ("§ 207a StGB in Austria", "at-stgb-207a"),
        ("Art. 197 of the Swiss Criminal Code", "ch-stgb-197"),
        ("s 66E SOA", "gb-sexual-offences-act-2003-s66e-66f"),
        ("section 66E", "gb-sexual-offences-act-2003-s66e-66f"),
        ("s66E of the Sexual Offences Act 2003", "gb-sexual-offences-act-2003-s66e-66f"),
        ("section 474.17A", "au-criminal-code-s-474-17a"),
        ("s 163.1 of Canada's Criminal Code", "ca-criminal-code-s-163-1"),
        ("Art. 14-2 in Korea", "kr-sexual-crimes-act-art-14-2"),
        ("Article 14-2", "kr-sexual-crimes-act-art-14-2"),
        ("article 226-8-1", "fr-cp-226-8-1"),
        ("section 22A", "nz-hdc-act-2015"),
        ("section 67B of India's IT Act", "in-it-act-sexual-content"),
        ("section 377BH", "sg-penal-code-child-abuse-material"),
        ("Tex. Penal Code § 43.26", "us-tx-penal-code-43-26"),
        ("Fla. Stat. 836.13", "us-fl-stat-836-13"),
        ("720 ILCS 5/11-23.7", "us-il-720-ilcs-5-11-20-1"),
        ("Minn. Stat. 617.262", "us-mn-stat-617-262"),
        ("RCW 9A.86.030", "us-wa-rcw-9a-86-030"),
        ("Cal. Penal Code § 311.11", "us-ca-penal-code-311"),
        ("Cap. 200 s 159AAE", "hk-crimes-ordinance-s159aae"),
        ("SI 2026/268", "gb-csea-reporting-regulations-2026"),
        ("RA 11930", "ph-ra-11930"),
        ("Lei 15.123/2025", "br-lei-15123-2025"),
        ("Ley 32314", "pe-ley-32314-2025"),
    ],
)
def test_the_document_of_a_citation(reader: Reader, text: str, document: str) -> None:
    assert document in reader.read(Question(question=f"What is the penalty under {text}?")).documents


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("What does section 66E say in India?", ("in-it-act-sexual-content",)),
        ("What does section 66E say in England?", ("gb-sexual-offences-act-2003-s66e-66f",)),
        ("Is 99 USC 9999 in force?", ()),
        ("What does S. 999999 say?", ()),
    ],
)
def test_the_place_settles_whose_section_it_is(reader: Reader, text: str, documents: tuple[str, ...]) -> None:
    assert reader.read(Question(question=text)).documents == documents
