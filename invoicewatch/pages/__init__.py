"""From a document's bytes to upright pages that can be read."""
