"""What is asked waits, and what waits for it is neither filed nor given out (R65)."""

import pytest

from desktop.records.deeds import copying, filing
from desktop.records.deeds.advice import (
    advice_awaited,
    advice_of,
    ask_advice,
    count_awaited,
    note_advice,
)
from desktop.records.facts.advice import (
    AdviceAwaited,
    AdviceUnknown,
    AnswerMissing,
    NewQuestion,
    QuestionMissing,
)
from desktop.records.facts.consent import Purpose
from desktop.records.facts.copies import Release
from desktop.records.vault.vault import Vault
from tests.unit.records.made_up import MEI, added, deeds, linked, received, whole_facts

pytestmark = pytest.mark.requirement("R65")

RELEASE = Release(recipient="Dr Reader", purpose=Purpose.CARE, is_deidentified=False)


def test_what_is_parked_waits_for_the_advice_and_goes_on_with_it(vault: Vault) -> None:
    patient, image, other = added(vault), received(vault), received(vault, b"another", "IMG_2.JPG")
    new = NewQuestion(question=" May we\nkeep it? ", patient=patient.id, images=(image.id,))
    asked = ask_advice(vault, new, by=MEI)
    assert asked.asked.question == "May we keep it?"
    assert ask_advice(vault, new, by=MEI) == asked  # the same question is asked once
    assert (advice_awaited(vault), count_awaited(vault)) == ([asked], 1)
    assert [one for one, _ in deeds(vault)].count("advice asked") == 1
    facts, link = whole_facts(), linked(patient)
    with pytest.raises(AdviceAwaited, match="May we keep it"):
        filing.file_image(vault, image=image.id, link=link, facts=facts, by=MEI)
    done = filing.file_images(
        vault,
        images=[filing.ToFile(one.id, facts) for one in (image, other)],
        link=link,
        by=MEI,
    )
    assert isinstance(done[0], AdviceAwaited)  # and the other one goes on
    assert not isinstance(done[1], AdviceAwaited)
    with pytest.raises(AdviceAwaited):
        copying.check_release(vault, image=image.id, release=RELEASE, by=MEI)
    with pytest.raises(AdviceAwaited):
        copying.note_given_out(vault, image=image.id, release=RELEASE, by=MEI)
    for adviser, answer in (("", "yes"), ("Ana", " ")):
        with pytest.raises(AnswerMissing):
            note_advice(vault, advice=asked.id, adviser=adviser, answer=answer, by=MEI)
    noted = note_advice(vault, advice=asked.id, adviser="Ana, MDO", answer="Yes", by=MEI)
    assert (noted.adviser, noted.answer, noted.noted_by) == ("Ana, MDO", "Yes", MEI.name)
    assert deeds(vault)[-1] == ("advice noted", MEI.name)
    assert (advice_awaited(vault), advice_of(vault, patient.id)) == ([], [noted])
    filed = filing.file_image(vault, image=image.id, link=link, facts=facts, by=MEI)
    assert filed.patient == patient.id
    copying.note_given_out(vault, image=image.id, release=RELEASE, by=MEI)
    with pytest.raises(AdviceUnknown):
        note_advice(vault, advice=asked.id, adviser="Ana", answer="No", by=MEI)


def test_a_question_needs_words_and_may_name_nobody(vault: Vault) -> None:
    with pytest.raises(QuestionMissing):
        ask_advice(vault, NewQuestion(question="  "), by=MEI)
    asked = ask_advice(vault, NewQuestion(question="Whose policy is it?"), by=MEI)
    assert (asked.asked.patient, asked.asked.images) == (None, ())
    assert advice_awaited(vault) == [asked]
