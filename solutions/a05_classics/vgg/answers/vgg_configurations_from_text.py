"""Read from the slide's own words."""

TABLE = {
    "A": "64 | 128 | 256 256 | 512 512 | 512 512",
    "A-LRN": "64 LRN | 128 | 256 256 | 512 512 | 512 512",
    "B": "64 64 | 128 128 | 256 256 | 512 512 | 512 512",
    "C": "64 64 | 128 128 | 256 256 1x256 | 512 512 1x512 | 512 512 1x512",
    "D": "64 64 | 128 128 | 256 256 256 | 512 512 512 | 512 512 512",
    "E": "64 64 | 128 128 | 256 256 256 256 | 512 512 512 512 | 512 512 512 512",
}


def entry(word):
    if word == "LRN":
        return word
    return (1, int(word[2:])) if word.startswith("1x") else (3, int(word))


CONFIGURATIONS = {
    name: tuple(tuple(entry(word) for word in stage.split()) for stage in row.split("|"))
    for name, row in TABLE.items()
}
