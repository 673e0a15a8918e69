"""The MkDocs events that the macros plugin does not pass on to ``define_env``'s module."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any


def on_files(files: Any, config: Any) -> Any:
    """Leave out the theme's own styles, scripts and pictures, which no page of ours asks for."""
    theme_folders = [Path(folder) for folder in config.theme.dirs]
    own = {Path(config.docs_dir), Path(config.theme.custom_dir)}
    for file in list(files):
        source = Path(file.src_dir)
        if source in theme_folders and source not in own:
            files.remove(file)
    return files


def on_env(env: Any, config: Any, files: Any) -> Any:
    """Have the frame's templates say their messages in the language of the site."""
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_translations(config.extra["words"], newstyle=True)
    return env


def on_post_page(output: str, page: Any, config: Any) -> str:
    """Leave out the empty lines that templates leave behind."""
    return re.sub(r"\n\s*\n", "\n", output)


def on_post_template(output_content: str, template_name: str, config: Any) -> str:
    """The same for the page that is shown where there is none."""
    return re.sub(r"\n\s*\n", "\n", output_content)
