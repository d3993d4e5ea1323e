"""The border is missing: the digits must stand in a frame that is `margin` pixels wider on every
side.
"""

FAILS = ("prepare_images",)


def prepare_images(images, margin=2):
    return -0.1 + 1.275 * images
