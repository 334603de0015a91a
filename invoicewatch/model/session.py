"""One loaded GGUF model and its context: what llama.cpp's C interface offers, in Python's terms.

The bindings are passed in (``warm.py`` imports them). The C interface is used, not the high-level class, because
scoring needs what that class hides: many sequences in one decode, sharing the cells of their common prefix.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from invoicewatch.config.settings import ModelSettings
from invoicewatch.errors import DependencyError, TransientError
from invoicewatch.model.branches import BATCH_TOKENS, MAX_BRANCHES, MICRO_BATCH_TOKENS, Row, shared_length
from invoicewatch.model.footprint import let_go_of_pages
from invoicewatch.model.library_log import capture_log, find_cause, find_offloaded

if TYPE_CHECKING:
    from numpy.typing import NDArray


_SENTENCEPIECE_BLANK = "\N{LOWER ONE EIGHTH BLOCK}"
_SHORTEST_WORD = 3


class LlamaSession:
    """A model in memory with one context. Not thread safe: ``WarmModel`` lets one caller in at a time.

    ``held`` are the tokens whose state sequence 0 keeps. ``max_branches`` is how many sequences can grow from one
    prefix: 1 for recurrent models, whose state cannot be shared or cut.
    """

    def __init__(self, library: Any, model: Any, context: Any, gpu_layers: int) -> None:
        self.library = library
        self.held: list[int] = []
        self._model = model
        self._context = context
        self.gpu_layers = gpu_layers
        self.vocab = library.llama_model_get_vocab(model)
        self.context_size: int = library.llama_n_ctx(context)
        recurrent = library.llama_model_is_recurrent(model) or library.llama_model_is_hybrid(model)
        self.max_branches = 1 if recurrent else MAX_BRANCHES
        self._memory = library.llama_get_memory(context)
        self._vocab_size = library.llama_vocab_n_tokens(self.vocab)
        self._batch = library.llama_batch_init(BATCH_TOKENS, 0, MAX_BRANCHES + 1)

    @classmethod
    def load(cls, library: Any, path: Path, settings: ModelSettings) -> LlamaSession:
        """Load a model and make its context.

        Args:
            library: The ``llama_cpp`` module.
            path: The GGUF file, or the first of a split model.
            settings: ``[model]``.

        Raises:
            DependencyError: llama.cpp cannot load the file or make its context.
        """
        with capture_log(library) as log:
            library.llama_backend_init()
            model = _load_model(library, path, settings, log)
            context = _make_context(library, model, path, settings, log)
        let_go_of_pages(path)
        return cls(library, model, context, find_offloaded(log))

    @property
    def chat_template(self) -> bytes | None:
        """The model's own chat template, or None for a base model."""
        template: bytes | None = self.library.llama_model_chat_template(self._model, None)
        return template

    def close(self) -> None:
        """Free the context and the model; call once."""
        self.library.llama_batch_free(self._batch)
        self.library.llama_free(self._context)
        self.library.llama_model_free(self._model)

    def start_tokens(self) -> list[int]:
        """The model's start token where it wants one, else nothing."""
        bos = self.library.llama_vocab_bos(self.vocab)
        return [bos] if self.library.llama_vocab_get_add_bos(self.vocab) and bos >= 0 else []

    def tokenize(self, text: str, *, special: bool = False) -> list[int]:
        """Token ids. With ``special`` False, text that looks like a control token is just text."""
        raw = text.encode("utf-8", errors="replace")
        room = len(raw) + 8
        buffer = (ctypes.c_int32 * room)()
        count = self.library.llama_tokenize(self.vocab, raw, len(raw), buffer, room, False, special)
        return list(buffer[: max(0, count)])

    def detokenize(self, tokens: Sequence[int]) -> str:
        """The text of tokens; control tokens have none."""
        pieces = bytearray()
        buffer = ctypes.create_string_buffer(256)
        for token in tokens:
            size = self.library.llama_token_to_piece(self.vocab, token, buffer, len(buffer), 0, False)
            pieces += buffer.raw[: max(0, size)]
        return pieces.decode("utf-8", errors="replace")

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Whole words in lower case: tokens of at least three letters after a blank, in the tokenizer's order.

        Byte-pair encodings merge the commonest first, so the order is roughly one of frequency.
        """
        texts = (self.detokenize([token]) for token in range(self._vocab_size))
        found = (text[1:].casefold() for text in texts if text[:1] in {" ", _SENTENCEPIECE_BLANK})
        return tuple(dict.fromkeys(text for text in found if len(text) >= _SHORTEST_WORD and text.isalpha()))

    def ends_answer(self, token: int) -> bool:
        """Whether the model says with ``token`` that it is done."""
        return bool(self.library.llama_vocab_is_eog(self.vocab, token))

    def advance(self, tokens: Sequence[int]) -> int:
        """Make sequence 0 hold exactly ``tokens``, evaluating only what it does not hold yet.

        Returns:
            The row of the last decode whose logits follow ``tokens``, or -1 where nothing had to be evaluated.
        """
        kept = self.rewind(tokens, len(tokens))
        last_row = -1
        for first in range(kept, len(tokens), BATCH_TOKENS):
            part = tokens[first : first + BATCH_TOKENS]
            end = first + len(part)
            rows = [
                Row(token, first + n, (0,), -1, wanted=first + n + 1 == len(tokens)) for n, token in enumerate(part)
            ]
            self.decode(rows, lambda _row: [0])
            self.held += part
            last_row = len(part) - 1 if end == len(tokens) else -1
        return last_row

    def rewind(self, tokens: Sequence[int], limit: int) -> int:
        """Cut what sequence 0 holds back to what it shares with ``tokens``, at most ``limit``; returns that length."""
        keep = min(limit, shared_length([self.held, tokens])) if self.held else 0
        if not self.library.llama_memory_seq_rm(self._memory, 0, keep, -1):
            self.forget()  # a recurrent state cannot be cut
            return 0
        self.held = self.held[:keep]
        return keep

    def forget(self) -> None:
        """Drop all state."""
        self.library.llama_memory_clear(self._memory, False)
        self.held = []

    def fork(self, branches: int) -> None:
        """Let sequences 1 to ``branches`` share what sequence 0 holds."""
        for branch in range(1, branches + 1):
            self.library.llama_memory_seq_cp(self._memory, 0, branch, -1, -1)

    def prune(self, branches: int) -> None:
        """Drop sequences 1 to ``branches``."""
        for branch in range(1, branches + 1):
            self.library.llama_memory_seq_rm(self._memory, branch, -1, -1)

    def decode(self, rows: Sequence[Row], sequence_ids: Callable[[Row], list[int]]) -> None:
        """Evaluate up to ``BATCH_TOKENS`` rows.

        Raises:
            TransientError: llama.cpp could not (no room left in the context, or aborted).
        """
        batch = self._batch
        batch.n_tokens = len(rows)
        for index, row in enumerate(rows):
            ids = sequence_ids(row)
            batch.token[index] = row.token
            batch.pos[index] = row.position
            batch.n_seq_id[index] = len(ids)
            for slot, sequence_id in enumerate(ids):
                batch.seq_id[index][slot] = sequence_id
            batch.logits[index] = row.wanted
        if self.library.llama_decode(self._context, batch) != 0:
            self.forget()
            raise TransientError(f"llama.cpp could not evaluate {len(rows)} tokens", code="model_decode")

    def logits(self, row: int) -> NDArray[np.float32]:
        """The logits after ``row`` of the last decode, over the vocabulary; valid until the next decode."""
        pointer = self.library.llama_get_logits_ith(self._context, row)
        return np.ctypeslib.as_array(pointer, shape=(self._vocab_size,))


def _load_model(library: Any, path: Path, settings: ModelSettings, log: list[str]) -> Any:
    params = library.llama_model_default_params()
    params.n_gpu_layers = settings.gpu_layers
    model = library.llama_model_load_from_file(os.fsencode(path), params)
    if not model:
        raise DependencyError(
            f"llama.cpp cannot load {path}: {find_cause(log)}",
            remedy="Run 'invoicewatch model verify', or fetch the file again.",
            code="model_unreadable",
        )
    return model


def _make_context(library: Any, model: Any, path: Path, settings: ModelSettings, log: list[str]) -> Any:
    params = library.llama_context_default_params()
    params.n_ctx = min(settings.context_size, library.llama_model_n_ctx_train(model))
    params.n_batch, params.n_ubatch = BATCH_TOKENS, MICRO_BATCH_TOKENS
    params.n_threads = params.n_threads_batch = settings.threads or os.cpu_count() or 1
    params.n_seq_max = MAX_BRANCHES + 1
    params.kv_unified = True
    params.swa_full = True  # a sliding window forgets what a rewind needs
    context = library.llama_init_from_model(model, params)
    if not context:
        library.llama_model_free(model)
        raise DependencyError(
            f"llama.cpp cannot make a context of {params.n_ctx} tokens for {path}: {find_cause(log)}",
            remedy="Lower [model] context_size.",
            code="model_context",
        )
    return context
