"""The measure of a Spanish text, proved on words cut by hand."""

import re

import pytest

from tests.support.spanish import ease, syllables

CUT = re.findall(
    r"\S+",
    """
ma-má pa-pá dí-a no-che a-mor ca-sa hi-jos co-ra-zón tris-te ra-bia mie-do cui-dar-se sol-tar
se-guir que-rer a-yu-da te-lé-fo-no men-sa-je a-ho-ra ma-ña-na o-ír ca-er le-er cre-er
te-a-tro po-e-ta hé-ro-e a-é-re-o o-cé-a-no te-ní-a ha-bí-a pa-ís ra-íz ba-úl son-re-ír
ciu-dad fui-mos rui-do cui-da-do viu-da rey muy hoy ley es-toy y pin-güi-no ver-güen-za
a-güe-ro gui-ta-rra pa-gué a-quí quien quie-re que qui-zá bue-no fue-go vie-jo cie-lo
a-vión can-ción es-ta-ción re-la-ción se-pa-ra-ción a-ten-ción es-tu-dio fa-mi-lia
his-to-ria pa-cien-cia gra-cias si-len-cio an-sia pro-pio a-gua len-gua cuan-do cua-tro
ai-re bai-le rei-na pei-ne oi-go au-to cau-sa deu-da Eu-ro-pa al-co-hol pro-hi-bir
a-cto al-re-de-dor cons-tru-ir in-clui-do a-ma-ne-ció vol-ve-rí-a-mos hu-bie-ra hue-vo
hue-lla whats-app ex-tra-ñar te-ra-pia te-ra-peu-ta cuen-ta prue-ba pue-de trau-ma
""",
)


def test_a_hundred_words_and_more_are_counted_right() -> None:
    """Hiatus and diphthong, silent u and h, a final y."""
    apart = [word for word in CUT if syllables(word.replace("-", "")) != word.count("-") + 1]
    assert len(CUT) > 100
    # Spanish writes "construir" with ui, which most speakers join and a few cut.
    assert [word for word in apart if word not in ("cons-tru-ir", "pro-hi-bir")] == []


@pytest.mark.parametrize(
    ("sentences", "score"),
    [(["No escribas hoy."], 206.84 - 60 * 5 / 3 - 1.02 * 3), (["Va."], 206.84 - 60 - 1.02)],
)
def test_the_measure_is_the_published_formula(sentences: list[str], score: float) -> None:
    """On texts small enough to count by hand."""
    assert ease(sentences).fernandez_huerta == pytest.approx(score)


def test_longer_words_and_sentences_are_harder() -> None:
    """By both measures."""
    easy = ease(["Hoy no le escribas.", "Toma agua."])
    hard = ease(["La comunicación unilateral reiterada incrementa considerablemente el malestar."])
    assert easy.fernandez_huerta > 90 > 30 > hard.fernandez_huerta
    assert easy.inflesz > hard.inflesz
