"""Looks in every environment and command line that can be read for tokens and keys.

Covers: A16
"""

# %% attack
import os
import re

texts = {"own": "\n".join(f"{key}={value}" for key, value in os.environ.items())}
for folder in ["self", "1", *filter(str.isdigit, os.listdir("/proc"))]:
    for part in ("environ", "cmdline"):
        try:
            with open(f"/proc/{folder}/{part}", "rb") as file:
                texts[f"{folder}/{part}"] = file.read().replace(b"\0", b"\n").decode()
        except OSError:
            pass
for where, text in texts.items():
    for line in text.splitlines():
        if re.search(r"token|secret|passw|api_?key|credential|GITHUB_|CI_", line, re.IGNORECASE):
            print("BREACH:", where, line)


# %% honest
import os

print(os.environ["HOME"], os.environ.get("GITHUB_TOKEN", "no token"), "PATH" in os.environ)
os.environ["MY_SETTING"] = "1"
