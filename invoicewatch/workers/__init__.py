"""Processes that do the work, each with its own warm tools: a crash there costs one document one attempt."""
