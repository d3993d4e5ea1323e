"""Row 5 has ten X, and is wrong all the same: the X under 12 belongs under 15. Compare the places,
not only the numbers.
"""

FAILS = ("table_errors",)

table_errors = {
    "crosses": 67,
    "connections": 60,
    "miscounted": [0, 1, 2, 3, 4],
    "wrong": [0, 1, 2, 3, 4],
    "right_maps": [0, 1, 2],
}
