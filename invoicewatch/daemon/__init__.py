"""The daemon: watches the inboxes, hands documents to workers, records them and files the originals away."""
