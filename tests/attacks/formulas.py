"""Raises and returns what a spreadsheet would compute.

Covers: A18
"""

# %% attack
formula = "=cmd|' /C calc'!A0"


def answer(name):
    def speak(*args, **kwargs):
        raise type("=1+1", (Exception,), {})(f'{formula}",\n@SUM(1+1)\t+1\r\n-1;=2')

    return speak if len(name) % 2 else lambda *args, **kwargs: formula


# %% honest
print("= 3 + 4", "-1", "@decorator", sep="\n")
