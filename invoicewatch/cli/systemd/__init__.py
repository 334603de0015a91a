"""What `invoicewatch service` writes and asks: units, users, folders, and systemd's view of the service."""
