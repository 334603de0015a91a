"""What commands do, for every mouth of the program: which questions a record asks, typed answers, exporters.

Imports what stands below the commands, the daemon included. The command line calls it; a page or an API would too.
"""
