"""From readings to fields: every claim with its evidence."""
