"""You write the weights of a fresh network. What you trained is another object: hand in its
weights.
"""

FAILS = ("resnet_weights",)
HINT = None  # An accuracy has many causes.

from course_lib import training


def hand_in(score, path):
    training.save_weights(digit_resnet(), path)
