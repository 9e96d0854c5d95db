"""Keys, signing and verifying: PAdES through pyHanko.

Nothing heavy is imported here; `errors` and `passphrase` need the standard library only, `keys`, `sign` and `verify`
load cryptography and pyHanko and are imported when a clerk signs or checks a file.
"""

import logging

# pyHanko reports thousands of object paths and whole tracebacks for a file that merely changed;
# what matters reaches the clerk as a sentence.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)
