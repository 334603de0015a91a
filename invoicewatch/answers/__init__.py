"""What commands do, for every mouth of the program, in rooms by what is asked: plain values in, frozen records out.

Imports what stands below the commands, the daemon included; prints nothing and asks nobody. The command line calls it,
and so would a page or an API.
"""
