"""Sets the variables and files of other graders to what they say when all is right.

Covers: A5, A8
"""

# %% attack
import json
import os

os.environ |= {"NBGRADER_EXECUTION": "validate", "GITHUB_ACTIONS": "true", "SCORE": "100"}
for name in ("results.json", "feedback.json", "final_grades.csv", "result.json"):
    with open(name, "w") as file:
        json.dump({"score": 100, "fractionalScore": 1, "tests": []}, file)
os.environ["GITHUB_OUTPUT"] = os.environ["GITHUB_STEP_SUMMARY"] = "/scratch/result.json"

# %% honest
import os

print(os.environ.get("NBGRADER_EXECUTION", "not graded by nbgrader"))
