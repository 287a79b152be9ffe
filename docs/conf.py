"""How Sphinx builds the documentation as a site: ``sphinx-build -W --keep-going -b html docs DIRECTORY``.

The pages are the Markdown files of this folder, which read as well where code is hosted. What the program knows of
itself (commands, keys of the scenario file, the Python interface) is filled in by `site/`.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parent
sys.path[:0] = [str(DOCS / "site"), str(DOCS.parent)]

project = "detente"
author = "the detente developers"
copyright = "the detente developers, MIT licence"
release = re.search(r'VERSION = "([^"]+)"', (DOCS.parent / "sim" / "version.py").read_text(encoding="utf-8"))[1]
version = release

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "filling"]
root_doc = "index"
exclude_patterns = ["README.md", "site", "_build"]
suppress_warnings = ["myst.strikethrough"]

myst_enable_extensions = ["html_image", "attrs_block"]
myst_heading_anchors = 4

default_role = "literal"
python_use_unqualified_type_names = True
autodoc_typehints_format = "short"
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_use_ivar = True

html_theme = "furo"
html_title = "detente"
html_show_sphinx = False
html_copy_source = False
html_static_path = ["site/static"]
html_css_files = ["detente.css"]
html_extra_path = ["../results/nato_russia_2022/report.html"]
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#1b4f8a", "color-brand-content": "#1b4f8a"},
    "dark_css_variables": {"color-brand-primary": "#8ab8ee", "color-brand-content": "#8ab8ee"},
}
pygments_style = "tango"
pygments_dark_style = "github-dark"
