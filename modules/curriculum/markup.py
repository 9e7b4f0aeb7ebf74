"""The light marking of the curriculum files, as rich text: paragraphs, bullets, bold, italic."""

import re
from html import escape

BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
ITALIC = re.compile(r"\*(.+?)\*", re.DOTALL)
BULLET = "- "


def to_html(text: str) -> str:
    """Blocks are parted by blank lines; a block whose lines all begin with "- " is a list."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]
    return "".join(_block(block) for block in blocks)


def _block(block: str) -> str:
    if not block.startswith(BULLET):
        return f"<p>{_inline(' '.join(block.splitlines()))}</p>"
    lines: list[str] = []
    for line in block.splitlines():
        if line.startswith(BULLET):
            lines.append(line[len(BULLET) :])
        else:
            lines[-1] += f" {line.strip()}"
    return "<ul>" + "".join(f"<li>{_inline(line)}</li>" for line in lines) + "</ul>"


def _inline(text: str) -> str:
    return ITALIC.sub(r"<i>\1</i>", BOLD.sub(r"<b>\1</b>", escape(text, quote=False)))
