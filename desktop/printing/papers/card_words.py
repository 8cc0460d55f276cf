"""The words of the cards for the wall and the pocket, by language: plain data, no layout."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Language(Enum):
    """A language that a card can be had in, by its tag of BCP 47."""

    EN = "en"
    MI = "mi"

    @property
    def words(self) -> str:
        """Its name in itself."""
        return {"en": "English", "mi": "Te reo Māori"}[self.value]


@dataclass(frozen=True, slots=True)
class Node:
    """A question of a decision; each answer leads to words, or further down where it is empty."""

    code: str
    asks: str
    yes: str
    no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartWords:
    """A decision: its title, its questions from the top, and where all ways end."""

    title: str
    nodes: tuple[Node, ...]
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardWords:
    """All cards in one language. `key_points` are the five of the guide, each with what it says.
    `policy` stands over both decisions and `not_advice` under every card; `yes`, `no` and `then`
    lead from question to question. `foot` is said at the foot of each page."""

    before: str
    key_points: tuple[tuple[str, str], ...]
    collection: ChartWords
    disclosure: ChartWords
    policy: str
    not_advice: str
    yes: str
    no: str
    then: str
    foot: tuple[str, ...] = ()


_EN = CardWords(
    before="BEFORE YOU PHOTOGRAPH",
    key_points=(
        (
            "Purpose and consent",
            (
                "Know what the image is for, and ask the patient's consent for that purpose before "
                "you take it. A patient may say no, and it does not change their care."
            ),
        ),
        (
            "Understanding",
            (
                "Make sure the patient understands why it is taken, how it will be used, and who "
                "will see it."
            ),
        ),
        (
            "Write it down",
            (
                "Put the consent and its scope into the notes. Where a written form is asked for, "
                "it goes into the record with the image."
            ),
        ),
        (
            "Never send without consent or law",
            (
                "Send an image to nobody unless the patient has agreed expressly, or the law "
                "permits it."
            ),
        ),
        (
            "The wrong person is a breach",
            (
                "An image that reaches the wrong person is a breach of privacy. Tell the privacy "
                "officer at once."
            ),
        ),
    ),
    collection=ChartWords(
        title="MAY I TAKE THIS IMAGE?",
        nodes=(
            Node(
                "C1",
                "Would this patient's care benefit from a clinical image?",
                "",
                "C2 Is it for teaching, training or research? Yes: obtain the patient's consent "
                "for that, and follow the organisation's policy. No: don't take the image.",
            ),
            Node(
                "C3",
                "Should I be the person taking the image?",
                "",
                "Talk to an appropriate person about taking the image.",
            ),
            Node(
                "C4",
                "Am I planning to use my personal mobile device?",
                "",
                "Use the organisation's equipment; then go to the end.",
            ),
            Node(
                "C5",
                "Does my organisation have a policy, or my contract a clause, about personal "
                "devices?",
                "Follow the policy, or the terms of the contract.",
                "Obtain the patient's consent for the particular purpose, and document it.",
            ),
        ),
        end="With consent on every way: take the image, and record who took it, when, and the mode "
        "of capture.",
    ),
    disclosure=ChartWords(
        title="MAY I SHOW OR SEND THIS IMAGE?",
        nodes=(
            Node(
                "U1",
                "Do I want to show the image to someone else?",
                "",
                "Keep it safe: aware of the policy? In the record? Who, when and with what "
                "recorded? Device locked? Deleted from the device once saved?",
            ),
            Node(
                "U2",
                "Does the organisation's policy cover sending the image to someone else?",
                "Follow the policy.",
                "",
            ),
            Node(
                "U3",
                "Is the image identifiable? Face, tattoo, jewellery, name, voice, rare condition, "
                "what the file says?",
                "",
                "You can send the image, as a de-identified copy.",
            ),
            Node(
                "U4",
                "Is it for a purpose related to clinical care?",
                "May be sent without specific consent, subject to privacy law, if the patient was "
                "told when it was taken that this may be done.",
                "Specific consent for the particular purpose is needed, unless the law permits or "
                "requires it without.",
            ),
        ),
        end="In doubt, do not send: ask the privacy officer, management or your medical defence "
        "organisation. Note every disclosure.",
    ),
    policy="At all times, follow the organisation's policy or the terms of your contract.",
    not_advice="A guide, not legal advice: the Privacy Act 2020 and the Health Information Privacy "
    "Code come first, then your organisation's policy or contract, then this page.",
    yes="YES",
    no="NO",
    then="then",
)

# Laws keep the names that they were made under: whoever looks one up must find it.
_MI = CardWords(
    before="I MUA I TE TANGO WHAKAAHUA",
    key_points=(
        (
            "Te take me te whakaaetanga",
            (
                "Me mārama koe he aha te take mō te whakaahua, ā, me tono i te whakaaetanga a te "
                "tūroro mō taua take i mua i te tango. Ka āhei te tūroro ki te kī “kāo”, ā, kāore "
                "he pānga o tērā ki ngā mahi tiaki i a ia."
            ),
        ),
        (
            "Te māramatanga",
            (
                "Me whakarite kia mārama te tūroro he aha te take ka tangohia te whakaahua, ka "
                "pēhea te whakamahinga, ā, ko wai mā ka kite."
            ),
        ),
        (
            "Tuhia",
            (
                "Tuhia te whakaaetanga me tōna whānuitanga ki ngā tuhipoka haumanu. Mēnā e "
                "hiahiatia ana he puka whakaaetanga ā-tuhi, ka noho tērā ki te mauhanga hauora i "
                "te taha o te whakaahua."
            ),
        ),
        (
            "Kaua e tuku mēnā kāore he whakaaetanga, he ture rānei",
            (
                "Kaua e tuku whakaahua ki te tangata kē, hāunga ia mēnā kua āta whakaae te tūroro, "
                "e whakaae ana rānei te ture."
            ),
        ),
        (
            "Ki te tae ki te tangata hē, he takahanga tērā",
            (
                "Ki te tae te whakaahua ki te tangata hē, he takahanga matatapu tērā. "
                "Whakamōhiotia te āpiha matatapu i taua wā tonu."
            ),
        ),
    ),
    collection=ChartWords(
        title="KA ĀHEI AHAU KI TE TANGO I TĒNEI WHAKAAHUA?",
        nodes=(
            Node(
                "C1",
                "Ka whai hua te tiaki i tēnei tūroro i tētahi whakaahua haumanu?",
                "",
                "C2 Mō te whakaako, te whakangungu, te rangahau rānei? Āe: me whiwhi i te "
                "whakaaetanga a te tūroro mō tērā, ā, me whai i te kaupapahere a te whakahaere. "
                "Kāo: kaua e tango i te whakaahua.",
            ),
            Node(
                "C3",
                "Ko ahau te tangata tika hei tango i te whakaahua?",
                "",
                "Kōrero ki tētahi tangata tika mō te tango i te whakaahua.",
            ),
            Node(
                "C4",
                "E whakaaro ana ahau ki te whakamahi i taku ake pūrere pūkoro?",
                "",
                "Whakamahia ngā taputapu a te whakahaere; kātahi ka haere ki te mutunga.",
            ),
            Node(
                "C5",
                "He kaupapahere tā taku whakahaere, he tikanga rānei kei roto i taku kirimana, mō "
                "ngā pūrere whaiaro?",
                "Whāia te kaupapahere, ngā tikanga rānei o te kirimana.",
                "Me whiwhi i te whakaaetanga a te tūroro mō taua take ake, ā, me tuhi.",
            ),
        ),
        end="Ahakoa te ara, me mātua whai whakaaetanga: tangohia te whakaahua, ā, tuhia nā wai i "
        "tango, nōnahea, ā, he aha te taputapu i whakamahia.",
    ),
    disclosure=ChartWords(
        title="KA ĀHEI AHAU KI TE WHAKAATU, KI TE TUKU RĀNEI I TĒNEI WHAKAAHUA?",
        nodes=(
            Node(
                "U1",
                "Kei te hiahia ahau ki te whakaatu i te whakaahua ki tētahi atu?",
                "",
                "Kia haumaru te tiaki: kei te mōhio koe ki te kaupapahere? Kei roto te whakaahua i "
                "te mauhanga hauora? Kua tuhia nā wai i tango, nōnahea, me te taputapu? Kua "
                "rakaina te pūrere? Kua mukua i te pūrere i muri i te tiaki ki te mauhanga?",
            ),
            Node(
                "U2",
                "E kōrero ana te kaupapahere a te whakahaere mō te tuku i te whakaahua ki tētahi "
                "atu?",
                "Whāia te kaupapahere.",
                "",
            ),
            Node(
                "U3",
                "Ka taea te tautuhi ko wai te tangata i te whakaahua? He kanohi, he moko, he tā "
                "kiri, he whakarākai, he ingoa, he reo, he mate onge, he kōrero kei te kōnae?",
                "",
                "Ka āhei koe ki te tuku i te whakaahua, hei tārua kua tangohia ngā mōhiohio "
                "tautuhi.",
            ),
            Node(
                "U4",
                "Mō tētahi take e hāngai ana ki te tiaki haumanu?",
                "Ka āhei te tuku me te kore whakaaetanga motuhake, i raro i te ture matatapu, mēnā "
                "i whakamōhiotia te tūroro, i te wā i tangohia ai te whakaahua, ka āhei tēnei.",
                "Me whiwhi whakaaetanga motuhake mō taua take ake, hāunga ia mēnā e whakaae ana, e "
                "whakahau ana rānei te ture kia tukuna me te kore whakaaetanga.",
            ),
        ),
        end="Ki te rangirua, kaua e tuku: pātai ki te āpiha matatapu, ki ngā kaiwhakahaere, ki tō "
        "whakahaere tiaki tākuta rānei (medical defence organisation). Tuhia ngā whākinga katoa.",
    ),
    policy="I ngā wā katoa, whāia te kaupapahere a te whakahaere, ngā tikanga rānei o tō kirimana.",
    not_advice="He aratohu tēnei, ehara i te tohutohu ā-ture: ko te Ture Matatapu (Privacy Act "
    "2020) me te Health Information Privacy Code te tuatahi; muri iho, ko te kaupapahere a tō "
    "whakahaere, ko tō kirimana rānei; muri iho, ko tēnei whārangi.",
    yes="ĀE",
    no="KĀO",
    then="kātahi",
    foot=(
        (
            "Kāore anō tēnei whakamāoritanga kia hihiratia e tētahi kaiwhakamāori whai raihana. Ko "
            "te tuhinga Ingarihi te mea e mana ana."
        ),
        "This translation has not been checked by a licensed translator. The English text holds.",
    ),
)

WORDS: Mapping[Language, CardWords] = {Language.EN: _EN, Language.MI: _MI}
"""Of every language; the English holds where another differs."""
