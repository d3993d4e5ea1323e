"""You let the window stand at 0, 2 and 4. At 4 it would need the pixels 4, 5 and 6, and the
last pixel is number 5: only the windows at 0 and 2 fit.
"""

FAILS = ("stride_two",)

stride_two = {"shape": (3, 3), "top_left": 3, "bottom_right": 0}
