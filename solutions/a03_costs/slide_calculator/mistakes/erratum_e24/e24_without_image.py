"""You added up the layers and left the image out. It is the first row of the slide, and its values
are stored too.
"""

FAILS = ("erratum_e24",)

e24 = {"millions": 15.087, "explained_by": "none"}
