"""The cards for the wall and the pocket in every language: all that the guide says, complete."""

from dataclasses import replace

import pytest

from desktop.printing.papers import cards
from desktop.printing.papers.card_words import WORDS, Language
from desktop.printing.problems import PaperTooSmall
from desktop.printing.record_sheet_model import Paper
from tests.unit.printing.reading import page_texts
from tests.unit.printing.said import Said
from tests.unit.printing.said import head as said_head

HEAD = said_head(Said(), Paper.A4, patient=False)
NOT_CHECKED = "This translation has not been checked by a licensed translator."


@pytest.mark.requirement("R5")
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("paper", Paper)
def test_the_card_has_all_five_points_on_one_page(paper: Paper, language: Language) -> None:
    head, words = replace(HEAD, paper=paper), WORDS[language]
    (text,) = page_texts(cards.before_card_pdf(head, language))
    assert len(words.key_points) == 5
    for place, (point, said) in enumerate(words.key_points, start=1):
        assert f"{place} {point}" in text
        assert said in text
    for wanted in (words.before, words.not_advice):
        assert wanted in text
    assert (NOT_CHECKED in text) is (language is Language.MI)


@pytest.mark.requirement("R31")
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
def test_both_decisions_stand_on_a_page_each(paper: Paper, language: Language) -> None:
    head, words = replace(HEAD, paper=paper), WORDS[language]
    for make, chart in (
        (cards.collection_chart_pdf, words.collection),
        (cards.disclosure_chart_pdf, words.disclosure),
    ):
        (text,) = page_texts(make(head, language))
        for node in chart.nodes:
            for wanted in (f"{node.code} {node.asks}", node.yes, node.no):
                assert wanted in text, wanted
        for wanted in (chart.title, chart.end, words.policy, words.not_advice, *words.foot):
            assert wanted in text, wanted
        assert (NOT_CHECKED in text) is (language is Language.MI)
        with pytest.raises(PaperTooSmall, match="A5"):
            make(replace(head, paper=Paper.A5), language)


@pytest.mark.requirement("R31")
def test_both_languages_ask_the_same_questions_and_lead_on_at_the_same_answers() -> None:
    english, other = (WORDS[language] for language in (Language.EN, Language.MI))
    for chart, translated in (
        (english.collection, other.collection),
        (english.disclosure, other.disclosure),
    ):
        assert [(node.code, bool(node.yes), bool(node.no)) for node in chart.nodes] == [
            (node.code, bool(node.yes), bool(node.no)) for node in translated.nodes
        ]
