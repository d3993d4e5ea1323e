"""You count one bias for each input map. There is one for each filter: 64 in every layer here."""

FAILS = ("seven_by_seven",)


seven_by_seven = {
    "direct": 7 * 7 * 512 * 64 + 512,
    "after_reduction": 7 * 7 * 64 * 64 + 64,
    "reduction": 512 * 64 + 512,
}
