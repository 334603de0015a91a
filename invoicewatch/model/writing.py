"""Greedy writing with a stopping rule: the tutorial's way of correcting, kept on a short lead."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Sequence

from invoicewatch.errors import TransientError
from invoicewatch.model.session import LlamaSession

# A byte that no page's text holds (control characters are not words), to mark where the text goes in a chat template.
_PLACE = "\x01"
_LONGEST_LOOP = 32
_LOOP_ROUNDS = 3


def write_answer(
    session: LlamaSession,
    instruction: str,
    text: str,
    max_tokens: int,
    deadline_s: float | None = None,
    *,
    stop_loops: bool = True,
) -> str:
    """The greedy answer to ``instruction`` over ``text``.

    Stops at the model's end of turn, at ``max_tokens``, at ``deadline_s`` (of ``time.monotonic()``), when the context
    is full, and once the answer only repeats itself (unless ``stop_loops`` is False, to measure what that saves).

    Raises:
        TransientError: The prompt leaves no room for an answer.
    """
    prompt = _prompt_tokens(session, instruction, text)
    room = session.context_size - len(prompt) - 1
    if room <= 0:
        raise TransientError("the prompt does not fit the model's context", code="long_prompt")
    answer: list[int] = []
    while len(answer) < min(max_tokens, room):
        if deadline_s is not None and time.monotonic() > deadline_s:
            break
        row = session.advance(prompt + answer)
        token = int(session.logits(row).argmax())
        if session.ends_answer(token):
            break
        answer.append(token)
        if stop_loops and is_looping(answer):
            break
    session.rewind(prompt, len(prompt) - 1)  # so that the same prompt again has a last token to evaluate
    return session.detokenize(answer)


def is_looping(tokens: Sequence[int]) -> bool:
    """Whether the end is one pattern of up to 32 tokens, said three times over (four, for patterns under four)."""
    for length in range(1, min(_LONGEST_LOOP, len(tokens) // _LOOP_ROUNDS) + 1):
        rounds = _LOOP_ROUNDS if length >= 4 else 4 * _LOOP_ROUNDS // length  # noqa: PLR2004 - see the docstring
        tail = tokens[-length * rounds :]
        if len(tail) == length * rounds and all(tail[n] == tail[n % length] for n in range(len(tail))):
            return True
    return False


def _prompt_tokens(session: LlamaSession, instruction: str, text: str) -> list[int]:
    """The prompt in the model's own chat form, or as plain text for a base model.

    The page's text is tokenized apart from the template, so that ``<|im_end|>`` printed on an invoice stays text.
    """
    rendered = _render_chat(session, f"{instruction}\n\n{_PLACE}")
    before, _, after = (rendered or f"{instruction}\n\n{_PLACE}\n\n").partition(_PLACE)
    body = session.tokenize(text.replace(_PLACE, ""))
    tokens = session.tokenize(before, special=True) + body + session.tokenize(after, special=True)
    start = session.start_tokens()
    return tokens if tokens[: len(start)] == start else start + tokens


def _render_chat(session: LlamaSession, content: str) -> str | None:
    """The model's chat template around one user message; None where it has none that llama.cpp knows."""
    template = session.chat_template
    if template is None:
        return None
    library = session.library
    chat = (library.llama_chat_message * 1)(library.llama_chat_message(b"user", content.encode()))
    size = len(template) + 2 * len(content.encode()) + 256
    buffer = ctypes.create_string_buffer(size)
    count = library.llama_chat_apply_template(template, chat, 1, True, buffer, size)
    return buffer.raw[:count].decode("utf-8", errors="replace") if 0 < count <= size else None
