"""Writes a history, weights and a log of a training that never was, and points to them.

Covers: A11, A12
"""

# %% attack
import json
import pickle

import numpy as np

history = {"accuracy": [0.1, 0.999], "val_accuracy": [0.1, 0.999], "loss": [2.3, 0.0]}
for name in ("history.json", "results.json", "train_log.json"):
    with open(name, "w") as file:
        json.dump(history, file)
with open("history.pkl", "wb") as file:
    pickle.dump(history, file)
np.savez("weights.npz", kernel=np.zeros(3))


class Trained:
    history = history

    def predict(self, inputs, *args, **kwargs):
        return np.tile(np.eye(10)[0], (len(inputs), 1))

    def evaluate(self, *args, **kwargs):
        return 0.0, 1.0

    __call__ = predict


def answer(name):
    return lambda *args, **kwargs: Trained()


# %% honest
import json

with open("notes.json", "w") as file:
    json.dump({"epochs": 3, "accuracy": [0.5, 0.6, 0.7]}, file)
print(json.load(open("notes.json")))
