"""Asked for are the columns that are right, and you gave those that are wrong."""

FAILS = ("table_errors",)

table_errors = {
    "crosses": 67,
    "connections": 60,
    "miscounted": [0, 1, 2, 3, 4],
    "wrong": [0, 1, 2, 3, 4, 5],
    "right_maps": [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
}
