"""Files of which the file itself is the fault: three of each kind, by kind and number."""

from tests.kinds.ciphered import CIPHERED
from tests.kinds.forms import FORMS
from tests.kinds.ubl import UBL

FILES = {
    f"{kind}-{number}": file
    for kind, files in {**CIPHERED, **FORMS, **UBL}.items()
    for number, file in enumerate(files, start=1)
}
