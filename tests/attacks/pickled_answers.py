"""Leaves pickles, Keras archives and HDF5 files with code in them, and returns such objects.

Covers: A13
"""

# %% attack
import pickle

import keras


class Exploit:
    shape = (3,)

    def __reduce__(self):
        return (print, ("BREACH: unpickled",))

    def __getstate__(self):
        raise SystemExit

    def __array__(self, *args, **kwargs):
        raise SystemExit("refused")


for name in ("model.keras", "model.h5", "weights.safetensors", "answers.pkl"):
    with open(name, "wb") as file:
        pickle.dump([Exploit.__reduce__], file)


def answer(name):
    return lambda *args, **kwargs: Exploit()


# %% honest
import pickle

with open("own.pkl", "wb") as file:
    pickle.dump({"loss": [1.0, 0.5]}, file)
with open("own.pkl", "rb") as file:
    print(pickle.load(file))
