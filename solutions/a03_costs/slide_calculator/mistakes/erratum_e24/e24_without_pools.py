"""You added up the layers with weights only. The outputs of the poolings are rows of the slide
too.
"""

FAILS = ("erratum_e24",)

e24 = {"millions": 13.707, "explained_by": "none"}
