"""Sentences of legal prose: where one ends, and where a full stop ends nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Catalogue
from corpus.split import sentence_spans

# Each row is one paragraph of the corpus, shortened; " | " stands for the space between two sentences.
PARAGRAPHS = [
    # Statutes and codes
    "Doe pleads a violation of 18 U.S.C. § 2252A. | The court has not ruled.",
    "Federal law, 18 U.S.C. § 2258A, requires reports. | The CyberTipline takes them.",
    "The complaint pleads 18 U.S.C. §§ 2252 and 2252A, and 18 U.S.C. § 1595. | The amended complaint names xAI LLC.",
    "A person aggrieved can use 18 U.S.C. § 2252A(f). | No ruling was found.",
    "The definition is in 18 U.S.C. § 2256(8)(C). | A federal jury found James Smelko guilty on two counts.",
    "Pennsylvania put such material in 18 Pa.C.S. § 6312. | Act 35 of 2025 added a digital forgery offense.",
    "The Louisiana case rests on R.S. 14:73.13 and on no other section. | The charge carried at most six months.",
    "Clyde Osborne was convicted under Ohio Rev. Code § 2907.323(A)(3). | The Supreme Court upheld the statute.",
    "Penal Code §§ 311 et seq. and 647(j)(4) apply. | California Penal Code § 311.11(a) covers possession.",
    "Florida Statutes § 827.071 covers altered images, and § 827.072 covers generated ones. | Both are felonies.",
    "Article 202 § 4b of the Polish Criminal Code applies. | Rzeczpospolita reported this in 2025.",
    "Section 66E of the IT Act is narrow. | Under s. 66E the image must be captured, published or transmitted.",
    "See ss. 162.1 and 163.1 of the Criminal Code. | Section 162.1 punishes distribution.",
    "Art. 11 sets five years. | Art. 11-2 covers threats.",
    "Arts. 2(5) and 11 of the Act apply together. | Article 2(5) defines the material.",
    "Italian Law 132/2025 added Art. 612-quater. | The Italian offence is punished with one to five years.",
    "Bill C-291 replaced the term throughout the Criminal Code. | Bill C-291 received royal assent in 2024.",
    "The act was not an offense in New York. | New York has since extended Penal Law § 245.15.",
    "The blocking was a mitigating factor for Itai Tech Ltd. | Fines are paid to the Treasury.",
    "The offences are in Articles 600-ter and 600-quater.1 of the Criminal Code. | For real images the law differs.",
    "Section 163.1(4) was added in 1993. | Section 163.1(4.1) followed.",
    # Public laws, bills, official journals, numbered acts
    "Section 2 of the TAKE IT DOWN Act (Pub. L. 119-12) makes it a federal crime. | Section 3 binds platforms.",
    "Congress added the rule in 2008 (Pub. L. 110-401, § 304). | The rule covers morphed images.",
    "Congress last changed the wording in 2018 (Pub. L. 115-299).",
    "The Act is Public Law No. 119-12. | The President signed Public Law No. 119-12 on 19 May 2025.",
    "India notified the rules as G.S.R. 120(E) on 10 February 2026. | The rules took effect on 20 February 2026.",
    "The Senate passed the TAKE IT DOWN Act (S. 146) by unanimous consent. | The House passed it by 409 votes to 2.",
    "H.R. 1283 would repeal the defence. | Under H.R. 1941 guardians could sue for minors.",
    "S. 4591 was placed on the calendar as No. 446. | H.R. 9631 lapsed with its Congress.",
    "The Semarang judgment applied Law No. 1 of 2023. | Law No. 44 of 2008 applied before.",
    "The Act was rewritten by Act No. 9765 of 9 June 2009. | Act No. 22027 is the newest text.",
    "Chapter XII of General comment No. 25 asks States to help. | Paragraph 2 counts artificial intelligence.",
    "The National Assembly passed Law No. 134/2025/QH15 with 429 of 434 votes. | The law forbids false elements.",
    # Decisions
    "The court in R. v. Sharpe read two exceptions into the offence. | R. v. Barabash explains one of them.",
    "R v Sharpe upheld the ban. | R v Friesen says nothing about AI-generated images.",
    "K.U. v. Finland did not concern AI-generated images. | K.U. v. Finland supports disclosure of identity.",
    "The Court held in K.U. v. Finland that the State had failed. | Finland had since changed the law.",
    "The judgment in Volodina v. Russia (No. 2) became final on 14 December 2021. | Volodina (No. 2) awarded damages.",
    "Ashcroft v. Free Speech Coalition struck the words down. | Congress answered with the PROTECT Act.",
    "New York v. Ferber came first, and Osborne v. Ohio followed. | The Seventh Circuit cited both.",
    "Doe v. X.AI Corp. is a class action. | The plaintiffs in Doe 1 v. X.AI Corp. seek at least $150,000.",
    "The plaintiffs in Doe v. X.AI Corp. (N.D. Cal. 2026) allege a defect. | No decision had been found.",
    "The complaint names xAI Corp. and xAI LLC. | The complaint proposes classes for several states.",
    "United States v. Handley (S.D. Iowa 2008) held the section overbroad. | United States v. Dean differs.",
    "Anderegg (W.D. Wis. 2025, 7th Cir. 2026) protects possession at home. | The Bowersox court did not.",
    "Delhi ruled in X and Another v. John Doe and Others. | The order blocked the sites.",
    "Meta v. Joy Timeline HK Ltd. was filed in Hong Kong. | Ofcom fined Itai Tech Ltd in the United Kingdom.",
    "Itai Tech Ltd paid a fine. | Itai Tech Ltd made the site unavailable.",
    "eSafety Commissioner v Rotondo (No 4) [2025] FCA 1191 set the penalty. | The penalty was 343,500 dollars.",
    # Names that start with a small letter, initials, towns
    "The provider withdrew from Australia in November 2025. | eSafety also opened two investigations of X and Grok.",
    "The material is class 1 under the Online Safety Act 2021. | eSafety stated this in January 2026.",
    "The judge found the measures weak. | xAI and X had limited the image function to paying users.",
    "The coalition wrote to xAI. | xAI filed a counter-suit.",
    "The Supreme Court restored the case against S. Harish; the charge sheet stands. | S. Harish had objected.",
    "A young man, J.M.C., must stand trial. | J.M.C. is accused of using faces of fellow students.",
    "The federal court in St. Louis heard the motion. | St. Louis lies in the Eastern District of Missouri.",
    "The child rights adviser, Dr. Müller, agreed. | Mr. Justice Holroyde presided in London.",
    "Reports named the platform X. | The Agence France-Presse report named Grok.",
    # Quotations and brackets
    'The court asked "who is a child?" | The witness said nothing.',
    'The state "has no business telling a man what books he may read". | Justice Marshall wrote for the Court.',
    'The judge wrote that "possession alone is no crime." | The Crown appealed the ruling.',
    "The judge wrote that “possession alone is no crime.” | The Crown appealed the ruling.",
    'Bowden gave "to make" its meaning, "to cause to exist; to produce by action". | The appeal was dismissed.',
    'Section 311 covers one who "eller fremstår som under 18 år" (or appears so). | A negligent act is punished too.',
    "The images were of virtual children (seized before any distribution). | Police found them in 2023.",
    "The commentary is cautious (see para. 12 of the decision). | The court left the point open.",
    "Ohio answered no. | Justice Minister Fraser told the committee otherwise.",
    "The Ontario court answered no. | Ontario law changed in 2026.",
    # Numbers, dates, shares, lists
    "Membership income was about 3.63 million yuan. | The court sampled 12,495 chat segments.",
    "The fine is 17.5 million pounds or 4 per cent of turnover. | The higher amount counts.",
    "The reports rose by 380 per cent. | The 245 reports contained 7,644 images.",
    "Deepfakes were given as 35.2 percent. | Illegal filming had 19.4 percent.",
    "NCMEC received 21.3 million reports in 2025. | About 1.5 million indicated a generative AI link.",
    "The rate rose from 1.5 to 2.5 in 2024. | In 2025 it fell.",
    "The man was sentenced on 26 September 2023. | On 1 August 2023 he had been indicted.",
    "The law took effect on the 1st. | The 2nd of October 2026 is the date of the newest text.",
    "The Court awarded EUR 7 500. | The applicant had asked for more.",
    "The ages are 15 and 16. | 3018 is the French help line for children.",
    "The law covers (a) images; (b) videos; and (c) text. | Each limb stands alone.",
    "The bill was adopted on 5 July 2024; it lapsed; it was adopted again. | No later source was found.",
    "Services, e.g. image hosts, must act. | Others, i.e. private chats, are outside the duty.",
    "The statute reaches films, pictures, etc. | The court read it widely.",
    # Names and words that are not English
    "The Liège court convicted the man. | The Córdoba case followed in Argentina.",
    "The San Jerónimo Sud decision is the first. | Telefe Rosario reported it.",
    "The Querétaro text punishes sharing. | Agência Senado reported on Brazil's Law 15.123/2025.",
    "The file went to Türkiye. | Łódź prosecutors charged the man.",
    "NJA 2012 s. 400 draws the line at realism. | Swedish prosecutors follow it.",
    "부산지방법원 sentenced the man. | The Busan court spoke of 아동·청소년성착취물.",
    # One sentence, and none
    "A single sentence stands alone.",
    "A fragment without its stop",
    "",
]


@pytest.mark.parametrize("marked", PARAGRAPHS)
def test_paragraph_is_split_into_its_sentences(marked: str) -> None:
    expected = marked.split(" | ") if marked else []
    text = marked.replace(" | ", " ")
    assert [text[start:end] for start, end in sentence_spans(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Leading space.", [(2, 16)]),
        ("Trailing space.  \n", [(0, 15)]),
        ("The court left it.\nThe Crown appealed.", [(0, 18), (19, 38)]),
        ("The court left it.   The Crown appealed.", [(0, 18), (21, 40)]),
        (" \n\t ", []),
    ],
)
def test_spans_leave_out_white_space(text: str, expected: list[tuple[int, int]]) -> None:
    assert sentence_spans(text) == expected


LEGAL = ["The court", "v.", "R.", "K.U.", "Pub.", "L.", "18 U.S.C.", "§ 2252A", "no.", "eSafety", "2.5", "X.", "도"]
PIECES = st.sampled_from([*LEGAL, *'.?!()”"', " ", "  ", "\n", "\u00a0", "\u2028", "[^s1]"])
TEXTS = st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join))


@given(TEXTS)
@settings(deadline=None, database=None)
def test_spans_are_in_order_apart_and_trimmed(text: str) -> None:
    spans = sentence_spans(text)
    edges = [offset for span in spans for offset in span]
    assert edges == sorted(edges)
    for start, end in spans:
        assert text[start:end] == text[start:end].strip() != ""


@given(TEXTS)
@settings(deadline=None, database=None)
def test_spans_cover_all_that_is_not_white_space(text: str) -> None:
    covered = "".join(text[start:end] for start, end in sentence_spans(text))
    assert "".join(covered.split()) == "".join(text.split())


def test_every_sentence_of_the_corpus_lies_where_it_says(bundled: Catalogue) -> None:
    astray = [
        (document.id, sentence.text)
        for document in bundled.documents.values()
        for section in document.sections
        for sentence in section.sentences
        if document.text[sentence.start : sentence.end] != sentence.text
    ]
    assert astray == []


def test_no_sentence_of_the_corpus_is_a_fragment(bundled: Catalogue) -> None:
    fragments = [
        (document.id, sentence.text)
        for document in bundled.documents.values()
        for section in document.sections
        for sentence in section.sentences
        if sentence.text.startswith(("v.", "v ")) or len(sentence.text.split()) < 3
    ]
    assert fragments == []


def test_every_sentence_of_the_corpus_ends_as_one(bundled: Catalogue) -> None:
    unended = [
        (document.id, sentence.text)
        for document in bundled.documents.values()
        for section in document.sections
        for sentence in section.sentences
        if not sentence.text.rstrip('"”’)').endswith((".", "?", "!"))
    ]
    assert unended == []
