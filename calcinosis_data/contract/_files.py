"""Rules on files: that they are there and written in the one agreed form."""

from collections.abc import Iterator

from calcinosis_data.contract._format import FIX_COMMAND, canonical, sorted_rows
from calcinosis_data.contract._model import Finding, PackageText, Rule, TableText


class UnreadableFile(Rule):
    """Every table of the descriptor is a UTF-8 CSV file beside it.

    Each row has as many cells as the header. A file that cannot be read is not checked
    further, so repair it first.
    """

    id = "unreadable-file"
    title = "A table's file is missing or is not CSV"

    def check_table(self, table: TableText) -> Iterator[Finding]:
        """Report why the file could not be read."""
        if table.problem:
            yield self.in_table(table.schema, table.problem)


class StrayFile(Rule):
    """Every CSV file of the package is described in datapackage.json.

    A file that the descriptor does not name is loaded and checked by nothing.
    """

    id = "stray-file"
    title = "A CSV file is not in the descriptor"

    def check(self, package: PackageText) -> Iterator[Finding]:
        """Compare the folder with the descriptor."""
        known = {table.schema.path for table in package.tables}
        for path in sorted(package.schema.folder.glob("*.csv")):
            if path not in known:
                remedy = "Describe it in datapackage.json or delete it."
                problem = f"{path.name}: not described in datapackage.json. {remedy}"
                yield Finding(self.id, path.stem, "", "", problem)


class WrongHeader(Rule):
    """The header row is the list of fields in the descriptor, in the same order."""

    id = "wrong-header"
    title = "The header is not what the descriptor says"

    def check_table(self, table: TableText) -> Iterator[Finding]:
        """Compare header and field names."""
        wanted = table.schema.field_names
        if table.problem or table.header == wanted:
            return
        missing = [name for name in wanted if name not in table.header]
        extra = [name for name in table.header if name not in wanted]
        parts = [f"missing {', '.join(missing)}"] if missing else []
        parts += [f"not described {', '.join(map(repr, extra))}"] if extra else []
        problem = "; ".join(parts) or "the columns stand in another order"
        yield self.in_table(table.schema, f"{problem}. The header must be: {', '.join(wanted)}")


class NotCanonical(Rule):
    """A file is written in one form only, so that a change shows as the lines it changes.

    UTF-8 without byte order mark, line feeds, commas, double quotes only where a cell needs
    them, and a line feed at the end. The repair command rewrites the file so.
    """

    id = "not-canonical"
    title = "A file is not in the agreed form"

    def check_table(self, table: TableText) -> Iterator[Finding]:
        """Compare the file's bytes with those that the formatter would write."""
        if table.problem:
            return
        raw = table.schema.path.read_bytes()
        rows = [tuple(row.cells[name] for name in table.header) for row in table.rows]
        if raw != canonical(table.header, rows):
            yield self.in_table(table.schema, f"{_why(raw)}. Repair: {FIX_COMMAND}")


def _why(raw: bytes) -> str:
    if raw.startswith(b"\xef\xbb\xbf"):
        return "starts with a byte order mark"
    if b"\r" in raw:
        return "has carriage returns; lines must end in a line feed alone"
    if not raw.endswith(b"\n"):
        return "the last line does not end in a line feed"
    return "has quotes that no cell needs, or blank lines"


class NotSorted(Rule):
    """Rows stand in the order of their primary key, compared as text.

    So a new row has one place only, and two people who add rows seldom collide.
    """

    id = "not-sorted"
    title = "Rows are not in the order of the primary key"

    def check_table(self, table: TableText) -> Iterator[Finding]:
        """Name the first row that comes too early."""
        key = table.schema.primary_key
        keys = [tuple(row[name] for name in key) for row in table.rows]
        for row, is_now, should_be in zip(
            table.rows, keys, sorted_rows(keys, range(len(key))), strict=True
        ):
            if is_now != should_be:
                wanted = "/".join(should_be)
                problem = f"row {wanted!r} belongs here. Repair: {FIX_COMMAND}"
                yield self.at(table, row, ", ".join(key), problem)
                return


FILE_RULES = (UnreadableFile, StrayFile, WrongHeader, NotCanonical, NotSorted)
