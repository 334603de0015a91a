"""The command ``service``: units, users, folders, and systemd's view of the service.

Imports ``config``. ``cli.lazy`` loads it; the templates are those of ``systemd/``.
"""
