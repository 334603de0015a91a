"""Decode a few tokens with a model: run in a process of its own, because a bad build dies by a signal.

Usage: decode_tokens.py MODEL.gguf
"""

import sys

from llama_cpp import Llama


def main() -> None:
    """Print what the model goes on to write, or fail if it writes nothing."""
    model = Llama(model_path=sys.argv[1], n_ctx=256, n_threads=2, verbose=False)
    answer = model.create_completion("An invoice is", max_tokens=12, temperature=0.0)
    text = answer["choices"][0]["text"].strip()
    if not text:
        sys.exit("the model wrote nothing")
    print(text)


if __name__ == "__main__":
    main()
