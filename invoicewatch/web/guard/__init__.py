"""What stands between a request and the page: hosts, origins, sizes, headers, who is asking, and how errors look.

Imports ``people``. The app and the routes call it.
"""
