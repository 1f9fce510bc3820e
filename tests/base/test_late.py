"""A module is imported when its function is called, and not before."""

import subprocess
import sys


def test_a_module_is_imported_when_its_function_is_called() -> None:
    script = "import sys; from asdelivered.base.late import late; hue = late('colorsys', 'rgb_to_hsv')\n"
    script += "assert 'colorsys' not in sys.modules\n"
    script += "try: hue(None)\n"
    script += "except TypeError: print('colorsys' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "True\n"
