"""The table for administrators, and that writing it touches nothing but the table."""

from publications.pdf import report
from tests.publications.pdf import samples


def test_table_stands_between_the_markers(tmp_path):
    (tmp_path / "good").mkdir()
    (tmp_path / "good" / "a.pdf").write_bytes(samples.page())
    (tmp_path / "b.pdf").write_bytes(b"no pdf")
    (tmp_path / "manifest.csv").write_text("file,kind\ngood/a.pdf,article\n", encoding="utf-8")
    page = tmp_path / "page.md"
    page.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n", encoding="utf-8")
    report.main([str(tmp_path), "--write", str(page)])
    lines = page.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "before" and lines[-1] == "after" and "old" not in lines
    assert lines[4].startswith("| b.pdf |  | 0 | refused: not_pdf |")
    assert lines[5].startswith("| good/a.pdf | article | 1 | accepted |  |")


def test_table_is_printed(tmp_path, capsys):
    report.main([str(tmp_path)])
    assert capsys.readouterr().out.startswith("| file | kind | pages |")
