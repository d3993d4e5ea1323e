"""What reads hostile bytes, a function for each kind: it reads them, or says what is wrong.

`make fuzz` searches for bytes with which one of them does something else. Those it found, and one
well-formed input of each kind, are kept in `corpus/`, and the test suite reads them all.
"""
