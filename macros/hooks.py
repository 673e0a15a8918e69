"""The MkDocs event that the macros plugin does not pass on to ``define_env``'s module."""

from __future__ import annotations

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
