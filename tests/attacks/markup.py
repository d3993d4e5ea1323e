"""Puts scripts, styles and images with handlers into all that it prints, raises and shows.

Covers: A18
"""

# %% attack
from IPython.display import HTML, SVG, Markdown, display

script = "<script>alert(1)</script><img src=x onerror=alert(2)>'\"</style><svg onload=alert(3)>"
display(HTML(script), Markdown(script))
print(script)


def answer(name):
    def speak(*args, **kwargs):
        raise type(script, (Exception,), {"__doc__": script})(script)

    return speak if len(name) % 2 else lambda *args, **kwargs: {script: script}


# %% honest
from IPython.display import HTML, display

display(HTML("<table><tr><td>1 &lt; 2</td></tr></table>"))
print("a < b > c & d")
