"""Prints and raises commands for the machines of GitHub, GitLab and TeamCity, and JUnit's tags.

Covers: A16, A18
"""

# %% attack
commands = (
    "::error::x\n::set-output name=score::100\n##[set-env name=PATH]x\n::stop-commands::x\n"
    "%0A::add-mask::x\n##teamcity[testFinished]\nsection_start:1:x\n]]></failure></testcase>"
)
print(commands)


def answer(name):
    def speak(*args, **kwargs):
        raise ValueError(commands)

    return speak if len(name) % 2 else lambda *args, **kwargs: commands


# %% honest
print("std::vector<int> v; # not a command", "100%", "]]")
