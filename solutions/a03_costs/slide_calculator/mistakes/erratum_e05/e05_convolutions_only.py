"""Your total leaves the poolings out. On this slide they are charged too: make the table with
`pools=True`.
"""

FAILS = ("erratum_e05",)

e05 = {"millions": 477.68, "went_wrong": "digits"}
