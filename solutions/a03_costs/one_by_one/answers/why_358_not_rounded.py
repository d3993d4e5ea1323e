"""The saving computed, not rounded."""

why_358 = {"counted_twice": 4, "saving": 854_196_224 / 271_351_808}
