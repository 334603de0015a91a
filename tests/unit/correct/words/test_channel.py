import math

from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.correct.words.channel import Channel, load_channel


def test_a_known_confusion_is_likelier_than_an_unknown_one():
    channel = load_channel()
    assert channel.log_probability("item", "ltem") > channel.log_probability("item", "xtem")
    assert channel.log_probability("amount", "arnount") > channel.log_probability("amount", "axxount")


def test_operations_add_up_and_case_does_not_matter():
    channel = Channel({("0", "o"): 2.0, ("rn", "m"): 3.0}, unlisted=10.0)
    assert channel.log_probability("TOTAL", "total") == 0.0
    assert channel.log_probability("100", "1oo") == -4.0
    assert channel.log_probability("barn", "bam") == -3.0
    assert channel.log_probability("ab", "abc") == -10.0


@given(st.text(max_size=8), st.text(max_size=8))
def test_every_text_can_be_read_as_every_other_at_a_finite_price(printed, read):
    likely = load_channel().log_probability(printed, read)
    assert math.isfinite(likely)
    assert likely <= 0.0


def test_shapes_are_confused_both_ways():
    channel = load_channel()
    unlisted = -channel.unlisted
    assert unlisted < channel.log_probability("rm", "rh")  # only h read as m is listed
    assert channel.log_probability("rm", "rh") < channel.log_probability("rh", "rm")
