"""`python -m desktop` where a guess at a passphrase costs the least that is allowed.

Opening strengthens an office that was made so, which takes longer than most commands; that it does,
and at which cost, has tests of its own.
"""

import runpy

from desktop.records.vault import key_slot

if __name__ == "__main__":
    key_slot.STANDARD_COST = key_slot.LEAST_COST  # before anything else reads it
    runpy.run_module("desktop", run_name="__main__")
