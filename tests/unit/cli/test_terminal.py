import pytest

from invoicewatch.cli.answer.evidence.terminal import Pictures, choose_pictures


def never():
    raise AssertionError("the terminal must not be asked")


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({"KITTY_WINDOW_ID": "1"}, Pictures.KITTY),
        ({"TERM": "xterm-kitty"}, Pictures.KITTY),
        ({"TERM_PROGRAM": "iTerm.app"}, Pictures.ITERM),
        ({"LC_TERMINAL": "iTerm2"}, Pictures.ITERM),
    ],
)
def test_terminals_that_introduce_themselves_are_not_asked(env, expected):
    assert expected is choose_pictures(env, is_terminal=True, ask=never)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("62;4;22", Pictures.SIXEL), ("62;22", Pictures.BLOCKS), ("4", Pictures.BLOCKS), ("", Pictures.BLOCKS)],
)
def test_others_are_asked_for_sixels(answer, expected):
    assert expected is choose_pictures({"TERM": "xterm"}, is_terminal=True, ask=lambda: answer)


def test_inside_tmux_the_outer_terminal_does_not_count():
    env = {"KITTY_WINDOW_ID": "1", "TMUX": "/tmp/tmux"}
    assert choose_pictures(env, is_terminal=True, ask=lambda: "") is Pictures.BLOCKS


def test_a_pipe_gets_no_pictures():
    assert choose_pictures({"KITTY_WINDOW_ID": "1"}, is_terminal=False, ask=never) is Pictures.NONE
