"""Names, comments and output in other scripts, handed in by a student of such a name."""

from accidents._cells import cell, code

STUDENT = "Zoë Müller-Łukasiewicz 张伟"


def happen(notebook):
    solution = cell(notebook, "output_size_solution")
    solution.source = f"größe = '大小'  # 出力の大きさ\n{solution.source}"
    notebook.cells.append(code("print('π ≈ 3,14 🙂', größe)"))
