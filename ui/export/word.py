"""The memo as a Word document."""

import io

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT

from ui.export.memo import Block, Bullets, Grid, Heading, Memo, Paragraph


def to_docx(memo: Memo) -> bytes:
    """Return the memo as the bytes of a .docx file; its properties carry the date and version of the corpus."""
    word = docx.Document()
    if any(isinstance(block, Grid) for section in memo.sections for block in section.blocks):
        _turn(word)
    word.core_properties.title = memo.title[:255]
    word.core_properties.author = "Pincite"
    word.core_properties.comments = memo.stamp[:255]
    word.add_heading(printable(memo.title), level=0)
    word.add_paragraph(memo.stamp)
    for section in memo.sections:
        word.add_heading(section.heading, level=1)
        for block in section.blocks:
            _add(word, block)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _turn(word: WordDocument) -> None:
    """Lay the page on its side: a table of decisions has nine columns."""
    page = word.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width


def _add(word: WordDocument, block: Block) -> None:
    if isinstance(block, Paragraph):
        for part in block.text.split("\n\n"):
            word.add_paragraph(printable(part))
    elif isinstance(block, Heading):
        word.add_heading(printable(block.text), level=2)
    elif isinstance(block, Bullets):
        for item in block.items:
            word.add_paragraph(printable(item), style="List Bullet")
    else:
        _add_grid(word, block)


def _add_grid(word: WordDocument, grid: Grid) -> None:
    table = word.add_table(rows=1, cols=len(grid.columns), style="Table Grid")
    for cell, column in zip(table.rows[0].cells, grid.columns, strict=True):
        cell.paragraphs[0].add_run(printable(column)).bold = True
    for row in grid.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = printable(text)


def printable(text: str) -> str:
    """Return the text without the control characters that XML can't hold."""
    return "".join(char for char in text if char.isprintable() or char in "\n\t")
