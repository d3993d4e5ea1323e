"""Prints and raises escape sequences that move the cursor, clear the screen and set its title.

Covers: A18
"""

# %% attack
escapes = (
    "\x1b[2J\x1b[H\x1b]0;passed\x07\x1b[8m\x1bP+q\x1b\\\x9b31m\x08\x08\r\x00\u202epassed\u2066"
)
print(escapes)


def answer(name):
    def speak(*args, **kwargs):
        raise ValueError(f"{escapes}4 of 4 points")

    return speak if len(name) % 2 else lambda *args, **kwargs: escapes


# %% honest
print("\x1b[32mgreen\x1b[0m and \x1b[1mbold\x1b[0m", end="\r\n")
