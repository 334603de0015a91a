"""The language model: obtaining GGUF files, keeping one warm, and knowing what it costs."""
