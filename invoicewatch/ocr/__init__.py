"""From a page to its words: the engines, the judgement of what they read, and the fusion of two readings."""
