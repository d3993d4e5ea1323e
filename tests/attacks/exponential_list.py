"""Returns a list that contains itself twice: written out, it has four billion elements.

Covers: A14
Verdict: failed
"""

# %% attack
twice = []
twice += [twice, twice]


def answer(name):
    return lambda *args, **kwargs: twice


# %% honest
tree = {"name": "root", "children": []}
tree["children"].append({"name": "leaf", "parent": tree})
print(tree["children"][0]["parent"] is tree, tree)
