"""UNTDID 1001, the codes that CII and UBL share."""

# As EN 16931 restricts it: the codes that are to be read as credit notes. 384 (corrected invoice) may be either; the
# sign of its total decides.
CREDIT_NOTE_CODES = frozenset({"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532"})
